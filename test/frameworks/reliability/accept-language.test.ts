import '../../reliability/accept-language.test.ts'
