import { anError, secret, type LookAlikes } from './look-alike.ts'

export const databases: LookAlikes = {
  kafkajs: {
    'an Error of the app with its name': anError({ name: 'KafkaJSConnectionError' }),
    'one that says that it is retriable in words': anError({ name: 'KafkaJSError', retriable: 'true' }),
    'a record of a log': { name: 'KafkaJSRequestTimeoutError', retriable: true, message: secret },
    'a type of Kafka on an order': { type: 'REQUEST_TIMED_OUT', code: 7, retriable: true },
    'a broker that is gone for good, by the words of the app': anError({
      name: 'KafkaJSProtocolError',
      type: 'BROKER_NOT_AVAILABLE',
    }),
  },
  'ldapts, ldapjs': {
    'an Error of the app with its name': anError({ name: 'InvalidCredentialsError' }),
    'one that has a code of the app': anError({ name: 'InvalidCredentialsError', code: 'E49' }),
    'the code of another result': anError({ name: 'AlreadyExistsError', code: 49 }),
    'the code alone': anError({ code: 49 }),
    'a record of a log': { name: 'BusyError', code: 51, message: secret },
  },
  ldapjs: {
    'an Error of another client with its name': anError({ name: 'ConnectionError', code: 80 }),
    'a record of a log': { name: 'TimeoutError', code: 80, lde_message: secret },
    'a message of LDAP under a name of the app': anError({ name: 'DirectoryError', lde_message: secret }),
  },
}
