import '../../wire/contract.test.ts'
