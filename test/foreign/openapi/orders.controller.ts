// @ts-nocheck: decorators of before TypeScript 5, which tsoa reads and nobody runs.
import { Controller, Post, Route, SuccessResponse } from 'tsoa'

@Route('orders')
export class OrdersController extends Controller {
  @Post()
  @SuccessResponse(201, 'Created')
  order(): string {
    return 'ordered'
  }
}
