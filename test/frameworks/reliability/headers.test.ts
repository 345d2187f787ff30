import '../../reliability/headers.test.ts'
