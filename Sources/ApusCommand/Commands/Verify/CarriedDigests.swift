/// The SHA-256 of every group of `apus verify`, printed by the program itself. A line that changes says that results
/// changed: a decision, told in the changelog. Renewed from a release build:
///
///     .build/release/apus verify --print > digests.swift
///     mv digests.swift Sources/ApusCommand/Commands/Verify/CarriedDigests.swift
package enum CarriedDigests {
    package static let all = [
        "operations": "748676be1c9a29b0e4685cc055ec0f47548a4bd0be49d111761867fc2f0eda7c",
        "random": "6778f0a1e39ad0500704740ae4b7977b3844354a7f968f37d4393829a1983f22",
        "losses": "d44f42071b333e066ee7ce56256d2b88a73f4543ddfefe08fd465d67dc5bdcd7",
        "layers": "724611c958e0cb24df423b3376da404037658ee7e30fe02e4c16ce113d1d9844",
        "optimizers": "43439badd8d12db90362744b7c01a3b392359257604147e9e93227394ae718e2",
        "compiled-steps": "43439badd8d12db90362744b7c01a3b392359257604147e9e93227394ae718e2",
        "classifiers": "a5dd08400fa89a1bd67802a97826a3af89fd5bd546e36e62420f3c6b45270972",
        "tokenizers": "7c993d47720d1733ff9318d3770a4d83f676bea472622ef18eb1d207d42647c4",
        "vectors": "4e0b1b533f004932b297566171deba081ffe508c56cda8834352d1df9f43553c",
        "features": "2c2c49f2ee3247270b57e63761598593fb8fa6f419039b67d988f0469429c075",
    ]
}
