export type { StoreCase } from './store-contract.ts'
