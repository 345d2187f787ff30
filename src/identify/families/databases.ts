import { withChosenStatus } from './chosen-status.ts'
import { drivers } from './databases/drivers.ts'
import { elasticsearch } from './databases/elasticsearch.ts'
import { kafkajs } from './databases/kafkajs.ts'
import { knex } from './databases/knex.ts'
import { kysely } from './databases/kysely.ts'
import { ldap } from './databases/ldap.ts'
import { mikroOrm } from './databases/mikro-orm.ts'
import { mongoose } from './databases/mongoose.ts'
import { nano } from './databases/nano.ts'
import { objection } from './databases/objection.ts'
import { prisma } from './databases/prisma.ts'
import { sequelize } from './databases/sequelize.ts'
import { typeorm } from './databases/typeorm.ts'
import { isError } from './is-error.ts'
import type { Family, LibraryRule } from '../library-rule.ts'

/**
 * Statements that the database refused, and databases that cannot serve. A statement that is wrong in itself, a missing
 * table or a wrong password is a fault of ours, and stays unrecognized.
 */
export const databases: Family = {
  name: 'Databases',
  rules: [
    ...[
      ...drivers,
      ...knex,
      ...kysely,
      ...mikroOrm,
      ...mongoose,
      ...objection,
      ...prisma,
      ...sequelize,
      ...typeorm,
      ...kafkajs,
      ...ldap,
    ].map(withChosenStatus),
    // Their errors bear the status that the database answered to us.
    ...elasticsearch,
    ...nano,
  ].map(ofErrors),
}

/** A row with a `code` of its own, or what a client sent, is no error of a database. */
function ofErrors(rule: LibraryRule): LibraryRule {
  const matches = Object.hasOwn(rule, 'matches') ? rule.matches : undefined
  return {
    ...rule,
    matches: (error, facts) => (matches === undefined || matches(error, facts)) && isError(error),
  }
}
