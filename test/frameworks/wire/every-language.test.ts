import '../../wire/every-language.test.ts'
