import { read } from '../../../guard/read.ts'
import type { DatabaseRule } from './codes.ts'

const from = 'kafkajs'
const property = 'name'

/** https://kafka.js.org/docs/retry-detailed: what may succeed later, the library says itself. */
const RETRIABLE = [
  'KafkaJSError',
  'KafkaJSProtocolError',
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSBrokerNotFound',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSTopicMetadataNotLoaded',
  'KafkaJSStaleTopicMetadataAssignment',
  'KafkaJSCreateTopicError',
  'KafkaJSDeleteTopicRecordsError',
]

/** The broker's own errors have its word for it as `type`: https://kafka.apache.org/protocol#protocol_error_codes */
const OF_BROKER = ['KafkaJSProtocolError', 'KafkaJSCreateTopicError']

/**
 * Where it has tried often enough, or must not try again, the library throws another error, whose `cause` is one of
 * these.
 */
export const kafkajs: readonly DatabaseRule[] = [
  {
    from,
    property,
    values: OF_BROKER,
    matches: (error) => isOfKafka(error) && read(error, 'type') === 'REQUEST_TIMED_OUT',
    condition: 'timeout',
  },
  {
    from,
    property,
    values: ['KafkaJSRequestTimeoutError', 'KafkaJSTimeout', 'KafkaJSLockTimeout'],
    matches: isOfKafka,
    condition: 'timeout',
  },
  {
    // This and the next are final to the library, and not to who asks again.
    from,
    property,
    values: OF_BROKER,
    matches: (error) => isOfKafka(error) && read(error, 'type') === 'BROKER_NOT_AVAILABLE',
    condition: 'unavailable',
  },
  {
    from,
    property,
    values: ['KafkaJSGroupCoordinatorNotFound'],
    matches: isOfKafka,
    condition: 'unavailable',
  },
  {
    from,
    property,
    values: RETRIABLE,
    matches: (error) => isOfKafka(error) && read(error, 'retriable') === true,
    condition: 'unavailable',
  },
]

function isOfKafka(error: object): boolean {
  return typeof read(error, 'retriable') === 'boolean'
}
