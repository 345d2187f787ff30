import { defineCatalog } from 'bizerror/catalog'

export const base = defineCatalog({
  name: 'base',
  errors: {
    CLOSED: { code: 'A05', status: 503, message: 'Closed until {{time}}' },
  },
})
