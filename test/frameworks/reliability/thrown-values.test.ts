import '../../reliability/thrown-values.test.ts'
