table api_keys
  id text collate "C" not null
  hash text collate "C" not null
  actor text collate "C" not null
  roles text collate "C" not null
  created_at text collate "C" not null
  revoked_at text collate "C"
  tenant text collate "C" not null
  team text collate "C"
  acts_for_others smallint not null
  name text collate "C"
  expires_at text collate "C"
  constraint api_keys_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX api_keys_pkey ON public.api_keys USING btree (id)
table cards
  bucket smallint not null
  instance text collate "C" not null
  tenant text collate "C" not null
  process text collate "C" not null
  phase text collate "C" not null
  step text collate "C" not null
  version integer not null
  slot smallint not null
  shared smallint not null
  owner text collate "C"
  team text collate "C"
  class text collate "C"
  currency text collate "C"
  amount bigint
  clock text collate "C" not null
  due text collate "C" not null
  words text collate "C" not null
  constraint cards_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint cards_pkey PRIMARY KEY (bucket, instance, slot)
  CREATE INDEX cards_by_step ON public.cards USING btree (tenant, process, step, instance, bucket, phase, version, shared, owner, team, class, currency, amount, clock, due)
  CREATE UNIQUE INDEX cards_pkey ON public.cards USING btree (bucket, instance, slot)
table child_links
  bucket smallint not null
  parent text collate "C" not null
  child text collate "C" not null
  state text collate "C" not null
  seq integer not null
  constraint child_links_pkey PRIMARY KEY (bucket, parent, child, state, seq)
  CREATE UNIQUE INDEX child_links_pkey ON public.child_links USING btree (bucket, parent, child, state, seq)
table correlations
  bucket smallint not null
  tenant text collate "C" not null
  value text collate "C" not null
  process text collate "C" not null
  field text collate "C" not null
  instance text collate "C" not null
  constraint correlations_pkey PRIMARY KEY (bucket, tenant, value, process, field, instance)
  CREATE INDEX correlations_by_instance ON public.correlations USING btree (instance)
  CREATE INDEX correlations_by_value ON public.correlations USING btree (tenant, value)
  CREATE UNIQUE INDEX correlations_pkey ON public.correlations USING btree (bucket, tenant, value, process, field, instance)
table deadlines
  bucket smallint not null
  instance text collate "C" not null
  tenant text collate "C" not null
  process text collate "C" not null
  clock text collate "C" not null
  round integer not null
  due text collate "C" not null
  ended_at text collate "C"
  how text collate "C"
  constraint deadlines_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint deadlines_pkey PRIMARY KEY (bucket, instance, clock, round)
  CREATE INDEX deadlines_by_end ON public.deadlines USING btree (tenant, process, ended_at) WHERE (ended_at IS NOT NULL)
  CREATE INDEX deadlines_running ON public.deadlines USING btree (tenant, process, due) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX deadlines_pkey ON public.deadlines USING btree (bucket, instance, clock, round)
table definitions
  process text collate "C" not null
  version integer not null
  digest text collate "C" not null
  yaml text collate "C" not null
  published_at text collate "C" not null
  published_by text collate "C" not null
  calendars text collate "C"
  constraint definitions_digest UNIQUE (process, digest)
  constraint definitions_pkey PRIMARY KEY (process, version)
  CREATE UNIQUE INDEX definitions_digest ON public.definitions USING btree (process, digest)
  CREATE UNIQUE INDEX definitions_pkey ON public.definitions USING btree (process, version)
table endings
  bucket smallint not null
  instance text collate "C" not null
  tenant text collate "C" not null
  process text collate "C" not null
  at text collate "C"
  outcome text collate "C"
  reason text collate "C"
  currency text collate "C"
  amount bigint
  constraint endings_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint endings_pkey PRIMARY KEY (bucket, instance)
  CREATE INDEX endings_by_time ON public.endings USING btree (tenant, process, at) WHERE (at IS NOT NULL)
  CREATE UNIQUE INDEX endings_pkey ON public.endings USING btree (bucket, instance)
table evidence
  bucket smallint not null
  instance text collate "C" not null
  name text collate "C" not null
  tenant text collate "C" not null
  process text collate "C" not null
  scope text collate "C" not null
  valid_from text collate "C" not null
  valid_to text collate "C" not null
  made_at text collate "C" not null
  seq integer not null
  withdrawn_at text collate "C"
  constraint evidence_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint evidence_pkey PRIMARY KEY (bucket, instance, name)
  CREATE INDEX evidence_by_name ON public.evidence USING btree (tenant, process, name, instance)
  CREATE INDEX evidence_by_scope ON public.evidence USING btree (tenant, process, name, scope, valid_to) WHERE (withdrawn_at IS NULL)
  CREATE INDEX evidence_by_tenant ON public.evidence USING btree (tenant, instance, name)
  CREATE UNIQUE INDEX evidence_pkey ON public.evidence USING btree (bucket, instance, name)
table figures_pending
  bucket smallint not null
  instance text collate "C" not null
  constraint figures_pending_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint figures_pending_pkey PRIMARY KEY (bucket, instance)
  CREATE UNIQUE INDEX figures_pending_pkey ON public.figures_pending USING btree (bucket, instance)
table history
  bucket smallint not null
  instance text collate "C" not null
  seq integer not null
  recorded_at text collate "C" not null
  hash text collate "C" not null
  text text collate "C" not null
  patch text collate "C"
  constraint history_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint history_pkey PRIMARY KEY (bucket, instance, seq)
  CREATE UNIQUE INDEX history_pkey ON public.history USING btree (bucket, instance, seq)
table idempotency
  bucket smallint not null
  scope text collate "C" not null
  request_key text collate "C" not null
  request_hash text collate "C" not null
  instance text collate "C" not null
  first_seq integer not null
  last_seq integer not null
  recorded_at text collate "C" not null
  constraint idempotency_pkey PRIMARY KEY (bucket, scope, request_key)
  CREATE INDEX idempotency_by_age ON public.idempotency USING btree (recorded_at)
  CREATE UNIQUE INDEX idempotency_pkey ON public.idempotency USING btree (bucket, scope, request_key)
table instance_keys
  bucket smallint not null
  tenant text collate "C" not null
  process text collate "C" not null
  business_key text collate "C" not null
  instance text collate "C" not null
  constraint instance_keys_pkey PRIMARY KEY (bucket, tenant, process, business_key)
  CREATE UNIQUE INDEX instance_keys_pkey ON public.instance_keys USING btree (bucket, tenant, process, business_key)
table instances
  bucket smallint not null
  id text collate "C" not null
  process text collate "C" not null
  version integer not null
  digest text collate "C" not null
  business_key text collate "C"
  status text collate "C" not null
  outcome text collate "C"
  revision integer not null
  seq integer not null
  head text collate "C" not null
  quarantine text collate "C"
  started_at text collate "C" not null
  updated_at text collate "C" not null
  on_hold smallint not null
  tenant text collate "C" not null
  owner text collate "C"
  team text collate "C"
  parent text collate "C"
  constraint instances_pkey PRIMARY KEY (bucket, id)
  constraint instances_status_known CHECK ((status = ANY (ARRAY['active'::text, 'closed'::text])))
  CREATE INDEX instances_by_key ON public.instances USING btree (tenant, business_key, id) WHERE (business_key IS NOT NULL)
  CREATE INDEX instances_by_outcome ON public.instances USING btree (tenant, outcome, id) WHERE (outcome IS NOT NULL)
  CREATE INDEX instances_by_owner ON public.instances USING btree (tenant, owner, id) WHERE (owner IS NOT NULL)
  CREATE INDEX instances_by_parent ON public.instances USING btree (tenant, parent, id) WHERE (parent IS NOT NULL)
  CREATE INDEX instances_by_process ON public.instances USING btree (tenant, process, id)
  CREATE INDEX instances_by_start ON public.instances USING btree (tenant, process, started_at)
  CREATE INDEX instances_by_status ON public.instances USING btree (tenant, status, id)
  CREATE INDEX instances_by_team ON public.instances USING btree (tenant, team, id) WHERE (team IS NOT NULL)
  CREATE INDEX instances_by_tenant ON public.instances USING btree (tenant, id)
  CREATE INDEX instances_by_version ON public.instances USING btree (tenant, version, process, status)
  CREATE INDEX instances_on_hold ON public.instances USING btree (tenant, id) WHERE (on_hold = 1)
  CREATE INDEX instances_quarantined ON public.instances USING btree (tenant, id) WHERE (quarantine IS NOT NULL)
  CREATE UNIQUE INDEX instances_pkey ON public.instances USING btree (bucket, id)
table outbox
  bucket smallint not null
  subscription text collate "C" not null
  instance text collate "C" not null
  seq integer not null
  since text collate "C" not null
  due text collate "C" not null
  attempts integer not null
  leased smallint not null
  why text collate "C"
  died_at text collate "C"
  constraint outbox_pkey PRIMARY KEY (bucket, subscription, instance, seq)
  CREATE INDEX outbox_by_death ON public.outbox USING btree (died_at) WHERE (died_at IS NOT NULL)
  CREATE INDEX outbox_by_due ON public.outbox USING btree (subscription, due, instance, seq, bucket)
  CREATE INDEX outbox_dead ON public.outbox USING btree (subscription, instance, seq) WHERE (died_at IS NOT NULL)
  CREATE UNIQUE INDEX outbox_pkey ON public.outbox USING btree (bucket, subscription, instance, seq)
table personal
  bucket smallint not null
  instance text collate "C" not null
  field text collate "C" not null
  value text collate "C" not null
  salt text collate "C" not null
  constraint personal_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint personal_pkey PRIMARY KEY (bucket, instance, field)
  CREATE UNIQUE INDEX personal_pkey ON public.personal USING btree (bucket, instance, field)
table positions
  bucket smallint not null
  instance text collate "C" not null
  phase text collate "C" not null
  step text collate "C" not null
  tenant text collate "C" not null
  constraint positions_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint positions_pkey PRIMARY KEY (bucket, instance, phase, step)
  CREATE INDEX positions_by_phase ON public.positions USING btree (tenant, phase, instance, step, bucket)
  CREATE INDEX positions_by_step ON public.positions USING btree (tenant, step, instance, phase, bucket)
  CREATE UNIQUE INDEX positions_pkey ON public.positions USING btree (bucket, instance, phase, step)
table publications
  process text collate "C" not null
  seq integer not null
  version integer not null
  act text collate "C" not null
  at text collate "C" not null
  actor text collate "C" not null
  via text collate "C"
  note text collate "C"
  hypothesis text collate "C"
  metric text collate "C"
  effective_at text collate "C"
  tests text collate "C"
  outcome text collate "C"
  forced smallint not null
  constraint publications_act_known CHECK ((act = ANY (ARRAY['draft'::text, 'approve'::text, 'reject'::text, 'publish'::text, 'withdraw'::text])))
  constraint publications_pkey PRIMARY KEY (process, seq)
  constraint publications_version FOREIGN KEY (process, version) REFERENCES definitions(process, version)
  CREATE INDEX publications_by_version ON public.publications USING btree (process, version, seq)
  CREATE INDEX publications_effective ON public.publications USING btree (process, effective_at, seq) WHERE (effective_at IS NOT NULL)
  CREATE UNIQUE INDEX publications_pkey ON public.publications USING btree (process, seq)
table schedules
  process text collate "C" not null
  plan text collate "C" not null
  until text collate "C" not null
  started text collate "C"
  refused text collate "C"
  skipped text collate "C"
  constraint schedules_pkey PRIMARY KEY (process)
  CREATE UNIQUE INDEX schedules_pkey ON public.schedules USING btree (process)
table signals
  bucket smallint not null
  receipt text collate "C" not null
  tenant text collate "C" not null
  sender text collate "C" not null
  id text collate "C" not null
  signal text collate "C" not null
  value text collate "C" not null
  at text collate "C" not null
  received_at text collate "C" not null
  expires_at text collate "C" not null
  is_kept smallint not null
  state text collate "C" not null
  attempts integer not null
  revision integer not null
  results text collate "C" not null
  data text collate "C"
  settled_at text collate "C"
  constraint signals_pkey PRIMARY KEY (bucket, receipt)
  CREATE INDEX signals_by_end ON public.signals USING btree (expires_at) WHERE (state = 'kept'::text)
  CREATE INDEX signals_by_state ON public.signals USING btree (tenant, state, received_at, receipt)
  CREATE INDEX signals_by_time ON public.signals USING btree (tenant, received_at, receipt)
  CREATE INDEX signals_by_value ON public.signals USING btree (tenant, value, received_at, receipt) WHERE (state = 'kept'::text)
  CREATE INDEX signals_kept ON public.signals USING btree (receipt) WHERE (state = 'kept'::text)
  CREATE INDEX signals_settled ON public.signals USING btree (settled_at) WHERE (settled_at IS NOT NULL)
  CREATE UNIQUE INDEX signals_pkey ON public.signals USING btree (bucket, receipt)
table snapshots
  bucket smallint not null
  instance text collate "C" not null
  seq integer not null
  doc text collate "C" not null
  constraint snapshots_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint snapshots_pkey PRIMARY KEY (bucket, instance)
  CREATE UNIQUE INDEX snapshots_pkey ON public.snapshots USING btree (bucket, instance)
table sought
  bucket smallint not null
  instance text collate "C" not null
  seq integer not null
  recorded_at text collate "C" not null
  tenant text collate "C" not null
  process text collate "C" not null
  type text collate "C" not null
  actor text collate "C" not null
  via text collate "C"
  accepted smallint not null
  overridden smallint not null
  CREATE INDEX sought_by_time ON public.sought USING btree (tenant, recorded_at, instance, seq)
table stays
  bucket smallint not null
  instance text collate "C" not null
  tenant text collate "C" not null
  process text collate "C" not null
  step text collate "C" not null
  round integer not null
  entered_at text collate "C" not null
  left_at text collate "C"
  ended text collate "C"
  elapsed integer
  waiting integer
  paused integer
  constraint stays_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint stays_pkey PRIMARY KEY (bucket, instance, step, round)
  CREATE INDEX stays_by_end ON public.stays USING btree (tenant, process, left_at, step, elapsed, waiting, paused) WHERE (left_at IS NOT NULL)
  CREATE INDEX stays_by_entry ON public.stays USING btree (tenant, process, entered_at, step, ended)
  CREATE UNIQUE INDEX stays_pkey ON public.stays USING btree (bucket, instance, step, round)
table subscriptions
  id text collate "C" not null
  tenant text collate "C" not null
  url text collate "C" not null
  types text collate "C" not null
  state text collate "C" not null
  secret text collate "C" not null
  created_at text collate "C" not null
  created_by text collate "C" not null
  process text collate "C"
  why text collate "C"
  former_secret text collate "C"
  former_until text collate "C"
  for_role text collate "C"
  for_actor text collate "C"
  language text collate "C"
  services text collate "C" not null
  constraint subscriptions_pkey PRIMARY KEY (id)
  CREATE INDEX subscriptions_by_tenant ON public.subscriptions USING btree (tenant, id)
  CREATE UNIQUE INDEX subscriptions_pkey ON public.subscriptions USING btree (id)
table timers
  bucket smallint not null
  instance text collate "C" not null
  tenant text collate "C" not null
  due text collate "C" not null
  what text collate "C" not null
  wait_until text collate "C" not null
  constraint timers_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint timers_pkey PRIMARY KEY (bucket, instance)
  CREATE INDEX timers_by_bucket ON public.timers USING btree (bucket, due)
  CREATE INDEX timers_by_due ON public.timers USING btree (due, bucket, instance)
  CREATE UNIQUE INDEX timers_pkey ON public.timers USING btree (bucket, instance)
table turned_down
  bucket smallint not null
  instance text collate "C" not null
  seq integer not null
  gate text collate "C" not null
  criterion text collate "C" not null
  tenant text collate "C" not null
  process text collate "C" not null
  version integer not null
  at text collate "C" not null
  step text collate "C"
  constraint turned_down_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint turned_down_pkey PRIMARY KEY (bucket, instance, seq, gate, criterion)
  CREATE INDEX turned_down_by_time ON public.turned_down USING btree (tenant, process, at)
  CREATE UNIQUE INDEX turned_down_pkey ON public.turned_down USING btree (bucket, instance, seq, gate, criterion)
table work
  bucket smallint not null
  instance text collate "C" not null
  step text collate "C" not null
  who text collate "C" not null
  tenant text collate "C" not null
  process text collate "C" not null
  since text collate "C" not null
  due text collate "C" not null
  owner text collate "C"
  team text collate "C"
  constraint work_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint work_pkey PRIMARY KEY (bucket, instance, step, who)
  CREATE INDEX work_by_who ON public.work USING btree (tenant, who, due, since, instance, step, process, owner, team)
  CREATE INDEX work_incidents ON public.work USING btree (bucket, instance, step) WHERE (who = 'incident'::text)
  CREATE UNIQUE INDEX work_pkey ON public.work USING btree (bucket, instance, step, who)
table work_pending
  bucket smallint not null
  instance text collate "C" not null
  constraint work_pending_instance FOREIGN KEY (bucket, instance) REFERENCES instances(bucket, id)
  constraint work_pending_pkey PRIMARY KEY (bucket, instance)
  CREATE UNIQUE INDEX work_pending_pkey ON public.work_pending USING btree (bucket, instance)
