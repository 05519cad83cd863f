import ApusSystem
import Testing

/// The rooms obey the table of ARCHITECTURE.md.
struct ArchitectureTests {
    private let table: RoomTable
    private let manifest: Manifest

    /// Modules that come with the compiler or the system.
    private static let systemModules: Set<String> = [
        "Swift", "Synchronization", "Glibc", "Musl", "Darwin",
    ]

    init() throws {
        table = RoomTable(try SourceTree.lines("ARCHITECTURE.md"))
        manifest = Manifest(try SourceTree.lines("Package.swift"))
    }

    @Test func everyRoomStandsInTheTableAndInTheManifest() throws {
        let rooms = try SourceTree.rooms()
        #expect(rooms.count >= 10)
        #expect(table.rooms.sorted() == rooms)
        #expect(rooms.filter { manifest.dependencies[$0] == nil } == [])
    }

    @Test func arrowsPointDown() {
        for (position, room) in table.rooms.enumerated() {
            let above = Set(table.rooms[..<position])
            #expect(table.allowed[room]?.subtracting(above).sorted() == [], "\(room)")
        }
    }

    @Test func theManifestAsksForNothingThatTheTableForbids() {
        for room in table.rooms {
            let forbidden = Set(manifest.dependencies[room] ?? []).subtracting(
                table.allowed[room] ?? [])
            #expect(forbidden.sorted() == [], "\(room)")
        }
    }

    @Test func theSourcesImportNothingThatTheTableForbids() throws {
        #expect(try SourceTree.imports(of: "ApusCore").contains { $0.module == "CApusKernels" })
        for room in table.rooms {
            let visible = (table.allowed[room] ?? []).intersection(manifest.reachable(from: room))
            let forbidden = try SourceTree.imports(of: room).filter {
                !visible.contains($0.module) && !Self.systemModules.contains($0.module)
            }
            #expect(forbidden.map { "\($0.file) imports \($0.module)" } == [])
        }
    }

    @Test func nobodyIsLockedOutByUnsafeFlags() {
        #expect(!manifest.text.contains("unsafeFlags"))
        #expect(!manifest.text.contains(".package("))
    }

    @Test func aFileHoldsOneIdea() throws {
        for path in try SourceTree.files(below: "Sources", endingIn: ".swift") {
            #expect(try SourceTree.lines(path).count <= 500, "\(path)")
        }
    }

    @Test func everyRoomHasTests() throws {
        let untested: Set<String> = ["Apus", "ApusTesting"]
        for room in table.rooms where !untested.contains(room) {
            let plain = room.split(separator: "Apus").last ?? ""
            let name = plain == "Kernels" ? "Kernel" : plain
            #expect(manifest.dependencies["\(name)Tests"] != nil, "\(room)")
        }
    }
}
