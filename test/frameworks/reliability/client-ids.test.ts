import '../../reliability/client-ids.test.ts'
