/** A process with every kind of signal: by business key and by a field, kept and not, completing and setting. */
export const PARCEL = `
process: parcel
title: { zh: 包裹, en: Parcel }
subject: parcel
key: order_no
roles:
  clerk:   { title: { zh: 职员, en: Clerk } }
  carrier: { title: { zh: 承运商, en: Carrier } }
access: { see: clerk, start: clerk }
fields:
  order_no:     { type: text, max_length: 40 }
  waybill:      { type: text, max_length: 40 }
  packed_by:    { type: text }
  delivered_at: { type: datetime }
  receiver:     { type: text, personal: true }
  weight:       { type: integer, min: 1 }
outcomes:
  done: { title: { zh: 完成, en: Done } }
  lost: { title: { zh: 丢失, en: Lost }, from: any }
hold: { by: clerk }
signals:
  delivered: { title: { zh: 已送达, en: Delivered }, keep: 30 days, from: carrier, completes: hand-over }
  weighed:   { title: { zh: 已称重, en: Weighed }, match: waybill, from: [carrier], sets: [weight] }
  packed:    { title: { zh: 已打包, en: Packed }, completes: pack }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      packing:
        title: { zh: 打包, en: Packing }
        owner: clerk
        activities:
          pack: { title: { zh: 打包, en: Pack }, supplies: [packed_by], may_supply: [waybill] }
      shipping:
        title: { zh: 运输, en: Shipping }
        owner: clerk
        activities:
          hand-over: { title: { zh: 交货, en: Hand over }, by: clerk, supplies: [delivered_at], may_supply: [receiver] }
        milestone: done
`;
