export type { Observer } from '../report/report.ts'
