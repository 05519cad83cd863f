/// The SHA-256 of every group of `apus verify`, printed by the program itself. A line that changes says that results
/// changed: a decision, told in the changelog. Renewed from a release build:
///
///     .build/release/apus verify --print > digests.swift
///     mv digests.swift Sources/ApusCommand/Commands/Verify/CarriedDigests.swift
package enum CarriedDigests {
    package static let all = [
        "operations": "9eeb31c4b6b22eefb92ed6d3e5da4c0331009c1a57a2dfec83e86432f29f46dd",
        "random": "6778f0a1e39ad0500704740ae4b7977b3844354a7f968f37d4393829a1983f22",
        "losses": "043ee7daadfb5d6dcb1d82669b94e8ac3be0da2919526ad1bc985ae522c25b24",
        "layers": "724611c958e0cb24df423b3376da404037658ee7e30fe02e4c16ce113d1d9844",
        "optimizers": "43439badd8d12db90362744b7c01a3b392359257604147e9e93227394ae718e2",
        "compiled-steps": "43439badd8d12db90362744b7c01a3b392359257604147e9e93227394ae718e2",
        "classifiers": "5171e6a8f1e1cc91a225efb89f473369e430b8d3a9ba6972917809752a9a6775",
        "tokenizers": "7c993d47720d1733ff9318d3770a4d83f676bea472622ef18eb1d207d42647c4",
        "vectors": "4e0b1b533f004932b297566171deba081ffe508c56cda8834352d1df9f43553c",
        "features": "2c2c49f2ee3247270b57e63761598593fb8fa6f419039b67d988f0469429c075",
    ]
}
