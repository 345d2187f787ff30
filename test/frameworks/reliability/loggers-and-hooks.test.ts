import '../../reliability/loggers-and-hooks.test.ts'
