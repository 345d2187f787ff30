import '../../reliability/current-request.test.ts'
