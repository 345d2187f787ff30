import '../../reliability/translations.test.ts'
