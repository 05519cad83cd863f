#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many processors this process may keep busy at once.
enum AvailableProcessors {
    /// The smallest of what the scheduler's affinity mask and the control groups of the process allow.
    ///
    /// A share of 2.5 processors counts as 2: a third spinning thread would use up the quota and have the
    /// whole process stopped until the next period.
    static func count() -> Int {
        var count = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        #if os(Linux)
            if let allowed = affinity() { count = allowed }
            if let quota = controlGroupQuota() { count = min(count, Int(quota)) }
        #endif
        return max(count, 1)
    }

    #if os(Linux)
        /// Processors in the scheduler's mask, as the kernel prints it: `Cpus_allowed:  f,ffffffff`.
        private static func affinity() -> Int? {
            let name = "Cpus_allowed:"
            guard let line = lines(of: "/proc/self/status").first(where: { $0.hasPrefix(name) })
            else {
                return nil
            }
            let count = line.dropFirst(name.count).reduce(0) { sum, digit in
                sum + (digit.hexDigitValue ?? 0).nonzeroBitCount
            }
            return count > 0 ? count : nil
        }

        /// Processors granted by the control groups (version 1 and 2) of this process and their parents.
        private static func controlGroupQuota() -> Double? {
            var smallest: Double?
            func consider(_ quota: Double?) {
                guard let quota else { return }
                smallest = min(smallest ?? quota, quota)
            }
            for line in lines(of: "/proc/self/cgroup") {
                // hierarchy number : controllers : path
                let fields = line.split(
                    separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
                guard fields.count == 3 else { continue }
                if fields[1].isEmpty {
                    for directory in ancestors(of: fields[2]) {
                        consider(unifiedQuota("/sys/fs/cgroup\(directory)/cpu.max"))
                    }
                } else if fields[1].split(separator: ",").contains("cpu") {
                    for directory in ancestors(of: fields[2]) {
                        let folder = "/sys/fs/cgroup/\(fields[1])\(directory)"
                        consider(legacyQuota(folder))
                    }
                }
            }
            return smallest
        }

        /// `/a/b` → `/a/b`, `/a` and the root: a container may see its own group mounted as the root.
        private static func ancestors(of path: Substring) -> [String] {
            let names = path.split(separator: "/")
            return (0...names.count).map { depth in
                names.prefix(depth).map { "/\($0)" }.joined()
            }
        }

        /// Version 2: `cpu.max` holds `max 100000` or quota and period in microseconds.
        private static func unifiedQuota(_ path: String) -> Double? {
            guard let line = lines(of: path).first else { return nil }
            let fields = line.split(separator: " ")
            guard fields.count == 2 else { return nil }
            return ratio(fields[0], fields[1])
        }

        /// Version 1: a quota of -1 means none.
        private static func legacyQuota(_ folder: String) -> Double? {
            guard let quota = lines(of: "\(folder)/cpu.cfs_quota_us").first,
                let period = lines(of: "\(folder)/cpu.cfs_period_us").first
            else { return nil }
            return ratio(Substring(quota), Substring(period))
        }

        private static func ratio(_ quota: Substring, _ period: Substring) -> Double? {
            guard let quota = Double(quota), let period = Double(period), quota > 0, period > 0
            else {
                return nil
            }
            return quota / period
        }

        /// The lines of a small system file; none when it cannot be read.
        private static func lines(of path: String) -> [Substring] {
            let descriptor = open(path, O_RDONLY)
            guard descriptor >= 0 else { return [] }
            defer { close(descriptor) }
            var bytes = [UInt8](repeating: 0, count: 16384)
            let size = read(descriptor, &bytes, bytes.count)
            guard size > 0 else { return [] }
            return String(decoding: bytes[..<size], as: UTF8.self).split(separator: "\n")
        }
    #endif
}
