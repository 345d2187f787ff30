import { catalog } from '#bizerror/catalogs/cloud-waf'
import { BizErrorsModule } from '#bizerror/nest'
import { nestServer } from './nest-app.js'
import { THROWS } from './throws.js'

/** This package with default options. */
export function create({ platform }) {
  return nestServer(platform, THROWS.constant, { imports: [BizErrorsModule.forRoot({ catalog })] })
}
