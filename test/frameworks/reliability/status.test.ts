import '../../reliability/status.test.ts'
