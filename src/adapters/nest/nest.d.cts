import type * as Common from '@nestjs/common'
import type * as Core from '@nestjs/core'
import type * as Rxjs from 'rxjs'

export declare function common(): typeof Common
export declare function core(): typeof Core
export declare function rxjs(): typeof Rxjs
