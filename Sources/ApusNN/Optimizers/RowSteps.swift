/// What becomes of the rows of a table that have no gradient in a step: an embedding of 100,000 words looks up a hundred of
/// them.
///
/// With moments, momentum or weight decay a row without a gradient would move all the same: its mean goes on pushing, its
/// decay goes on pulling. PyTorch's optimizers move every row ("dense"); its `SparseAdam` leaves them alone ("lazy").
///
/// Lazy is the default. A step then costs the rows that were used, not the table, and on texts, where most words are rare,
/// that is most of the time of a step. What it changes is small for frequent rows and no loss for rare ones: their moments
/// keep what was learned of them, where the dense rule lets it fade and drifts on without evidence. Choose `dense` to
/// repeat what PyTorch's `Adam`, `AdamW` or `SGD` computes.
public enum RowSteps: Sendable, Hashable {
    /// Rows without a gradient stay, and their moments with them.
    case lazy
    /// All rows advance, those without a gradient as with one of 0: as PyTorch's dense optimizers do.
    case dense
}
