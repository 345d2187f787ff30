// For tests: of a store that somebody else wrote.
export { storeContract, type StoreCase, type StoreContractOptions } from './store-contract.ts'
export type { StoreFeature } from './contract/bench.ts'
export type { StoreFactory } from '../rate-limit/stores/store.ts'
