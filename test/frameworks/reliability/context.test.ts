import '../../reliability/context.test.ts'
