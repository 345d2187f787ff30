import '../../reliability/unauthorized.test.ts'
