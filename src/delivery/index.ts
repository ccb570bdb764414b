// In:  addresses that subscribers give, secrets, texts to deliver, a list of intranets that may be delivered to.
// Out: whether an address may be delivered to, signatures, one delivery over HTTP at a time, letters by a mail server.
// Never: connects to an address that is refused, follows a redirect, waits or reads without a bound, knows what a message
//        says or who subscribes to it.

export { type AllowList, allowList } from './allow-list.ts';
export { type CallbackClaim, isSignedBy, readToken, writeToken } from './callback-token.ts';
export { type Answer, createDelivery, type Delivery, type DeliveryOptions, type Line } from './delivery.ts';
export { createMail, type Letter, type Mail, type MailOptions, noMail, type Posted } from './mail.ts';
export { wrongMailAddress } from './mail-address.ts';
export { newSecret, signatureOf } from './signature.ts';
export { wrongAddress } from './webhook-address.ts';
