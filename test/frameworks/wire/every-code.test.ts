import '../../wire/every-code.test.ts'
