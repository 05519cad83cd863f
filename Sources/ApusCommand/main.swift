#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

exit(CommandLineTool.apus.run(Array(CommandLine.arguments.dropFirst())))
