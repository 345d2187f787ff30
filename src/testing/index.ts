// For tests: of an API's errors, and of a store that somebody else wrote.
export { assertBizError, bizError, type Asserted, type BizErrorMatcher } from './biz-error.ts'
export type {
  ValueMatcher,
  ErrorFactory,
  Expected,
  ExpectedError,
  ExpectedField,
  ExpectedText,
} from './matcher/expected.ts'
export { storeContract, type StoreCase, type StoreContractOptions } from './store-contract.ts'
export type { StoreFeature } from './contract/bench.ts'
export type { StoreFactory } from '../rate-limit/stores/store.ts'
