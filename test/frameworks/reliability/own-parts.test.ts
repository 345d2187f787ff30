import '../../reliability/own-parts.test.ts'
