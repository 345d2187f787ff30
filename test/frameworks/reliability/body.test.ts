import '../../reliability/body.test.ts'
