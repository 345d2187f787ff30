import * as bizerror from 'bizerror'
import { tell } from './tell.cjs'

tell(bizerror)
