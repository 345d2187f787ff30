import '../../reliability/requests.test.ts'
