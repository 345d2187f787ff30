import '../../reliability/required-headers.test.ts'
