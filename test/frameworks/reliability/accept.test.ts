import '../../reliability/accept.test.ts'
