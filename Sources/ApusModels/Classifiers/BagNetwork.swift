import ApusCore
import ApusNN

/// A classifier of bags of features: scores for each class, before softmax.
///
/// Input: ``Bags`` of feature ids, with weights or without. Output: logits `[bags, classes]`.
public protocol BagNetwork: Layer<Bags, Tensor> {}
