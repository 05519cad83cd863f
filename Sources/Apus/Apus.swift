// The umbrella: `import Apus` gives everything.
@_exported import ApusCore
@_exported import ApusData
@_exported import ApusFiles
@_exported import ApusModels
@_exported import ApusNN
@_exported import ApusReports
@_exported import ApusSystem
@_exported import ApusText
@_exported import ApusTraining
