-- The migrated database, written by Dashboard.Data.Tests. Renew it with WRITE_SCHEMA_DUMP=1.

CREATE TABLE public.agents (
    id uuid NOT NULL,
    type character varying(20) NOT NULL,
    status character varying(20) NOT NULL,
    capabilities text[] NOT NULL,
    current_task_count integer DEFAULT 0,
    max_concurrent_tasks integer NOT NULL DEFAULT 5,
    working_hours_start time without time zone,
    working_hours_end time without time zone,
    timezone character varying(50) DEFAULT 'UTC'::character varying,
    config jsonb,
    performance_metrics jsonb,
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    updated_at timestamp without time zone NOT NULL DEFAULT now(),
    last_active_at timestamp without time zone,
    CONSTRAINT agents_current_task_count_check CHECK (((current_task_count >= 0) AND (current_task_count <= max_concurrent_tasks))),
    CONSTRAINT agents_max_concurrent_tasks_check CHECK ((max_concurrent_tasks >= 1)),
    CONSTRAINT agents_pkey PRIMARY KEY (id),
    CONSTRAINT agents_status_check CHECK (((status)::text = ANY ((ARRAY['idle'::character varying, 'active'::character varying, 'busy'::character varying, 'error'::character varying, 'offline'::character varying])::text[]))),
    CONSTRAINT agents_type_check CHECK (((type)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying, 'research'::character varying])::text[])))
);

CREATE TABLE public.audit_logs (
    id uuid NOT NULL,
    entity_type character varying(50) NOT NULL,
    entity_id uuid NOT NULL,
    action character varying(50) NOT NULL,
    actor_type character varying(50),
    actor_id character varying(100),
    changes jsonb,
    metadata jsonb,
    ip_address inet,
    user_agent text,
    "timestamp" timestamp without time zone NOT NULL DEFAULT now(),
    CONSTRAINT audit_logs_actor_type_check CHECK (((actor_type)::text = ANY ((ARRAY['agent'::character varying, 'user'::character varying, 'system'::character varying])::text[]))),
    CONSTRAINT audit_logs_pkey PRIMARY KEY (id)
);

CREATE TABLE public.campaigns (
    id uuid NOT NULL,
    name character varying(255) NOT NULL,
    description text,
    customer_id uuid NOT NULL,
    payment_record_id uuid,
    status character varying(20) NOT NULL,
    escalation_steps jsonb NOT NULL,
    current_step integer NOT NULL DEFAULT 0,
    start_date timestamp without time zone NOT NULL,
    end_date timestamp without time zone,
    paused_until timestamp without time zone,
    results jsonb,
    config jsonb,
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    updated_at timestamp without time zone NOT NULL DEFAULT now(),
    CONSTRAINT campaigns_current_step_check CHECK ((current_step >= 0)),
    CONSTRAINT campaigns_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT campaigns_payment_record_id_fkey FOREIGN KEY (payment_record_id) REFERENCES payment_records(id) ON DELETE SET NULL,
    CONSTRAINT campaigns_pkey PRIMARY KEY (id),
    CONSTRAINT campaigns_status_check CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'active'::character varying, 'paused'::character varying, 'completed'::character varying, 'cancelled'::character varying])::text[])))
);

CREATE TABLE public.compliance_rules (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    description text,
    rule_type character varying(50) NOT NULL,
    condition jsonb NOT NULL,
    action character varying(50) NOT NULL,
    severity character varying(20),
    is_enabled boolean DEFAULT true,
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    updated_at timestamp without time zone NOT NULL DEFAULT now(),
    CONSTRAINT compliance_rules_action_check CHECK (((action)::text = ANY ((ARRAY['block_contact'::character varying, 'require_approval'::character varying, 'log_warning'::character varying, 'escalate'::character varying])::text[]))),
    CONSTRAINT compliance_rules_name_key UNIQUE (name),
    CONSTRAINT compliance_rules_pkey PRIMARY KEY (id),
    CONSTRAINT compliance_rules_severity_check CHECK (((severity)::text = ANY ((ARRAY['low'::character varying, 'medium'::character varying, 'high'::character varying, 'critical'::character varying])::text[])))
);

CREATE TABLE public.contact_attempts (
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    campaign_id uuid,
    channel character varying(20) NOT NULL,
    status character varying(20) NOT NULL,
    "timestamp" timestamp without time zone NOT NULL DEFAULT now(),
    duration integer,
    response text,
    metadata jsonb,
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    CONSTRAINT contact_attempts_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(id) ON DELETE CASCADE,
    CONSTRAINT contact_attempts_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE SET NULL,
    CONSTRAINT contact_attempts_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying])::text[]))),
    CONSTRAINT contact_attempts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT contact_attempts_duration_check CHECK ((duration >= 0)),
    CONSTRAINT contact_attempts_pkey PRIMARY KEY (id),
    CONSTRAINT contact_attempts_status_check CHECK (((status)::text = ANY ((ARRAY['sent'::character varying, 'delivered'::character varying, 'opened'::character varying, 'answered'::character varying, 'replied'::character varying, 'bounced'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT contact_attempts_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks(id) ON DELETE CASCADE
);

CREATE TABLE public.customer_profiles (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    risk_level character varying(20),
    risk_score numeric(5,2),
    average_payment_delay integer,
    response_rate numeric(3,2),
    preferred_contact_time_start time without time zone,
    preferred_contact_time_end time without time zone,
    timezone character varying(50),
    communication_style character varying(20),
    do_not_contact boolean DEFAULT false,
    contact_restrictions text[],
    notes text[],
    last_contact_date timestamp without time zone,
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    updated_at timestamp without time zone NOT NULL DEFAULT now(),
    CONSTRAINT customer_profiles_communication_style_check CHECK (((communication_style)::text = ANY ((ARRAY['formal'::character varying, 'casual'::character varying, 'direct'::character varying, 'diplomatic'::character varying])::text[]))),
    CONSTRAINT customer_profiles_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT customer_profiles_customer_id_key UNIQUE (customer_id),
    CONSTRAINT customer_profiles_pkey PRIMARY KEY (id),
    CONSTRAINT customer_profiles_response_rate_check CHECK (((response_rate >= (0)::numeric) AND (response_rate <= (1)::numeric))),
    CONSTRAINT customer_profiles_risk_level_check CHECK (((risk_level)::text = ANY ((ARRAY['low'::character varying, 'medium'::character varying, 'high'::character varying, 'critical'::character varying])::text[]))),
    CONSTRAINT customer_profiles_risk_score_check CHECK (((risk_score >= (0)::numeric) AND (risk_score <= (100)::numeric)))
);

CREATE TABLE public.customers (
    id uuid NOT NULL,
    company_name character varying(255) NOT NULL,
    contact_name character varying(255) NOT NULL,
    email character varying(255) NOT NULL,
    phone character varying(50),
    mobile character varying(50),
    address jsonb,
    preferred_contact_method character varying(20),
    tags text[],
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    updated_at timestamp without time zone NOT NULL DEFAULT now(),
    deleted_at timestamp without time zone,
    CONSTRAINT customers_email_key UNIQUE (email),
    CONSTRAINT customers_pkey PRIMARY KEY (id),
    CONSTRAINT customers_preferred_contact_method_check CHECK (((preferred_contact_method)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying])::text[])))
);

CREATE TABLE public.opt_outs (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    channel character varying(20) NOT NULL,
    reason text,
    opted_out_at timestamp without time zone NOT NULL DEFAULT now(),
    expires_at timestamp without time zone,
    metadata jsonb,
    CONSTRAINT opt_outs_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying, 'all'::character varying])::text[]))),
    CONSTRAINT opt_outs_customer_id_channel_key UNIQUE (customer_id, channel),
    CONSTRAINT opt_outs_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT opt_outs_pkey PRIMARY KEY (id)
);

CREATE TABLE public.payment_records (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    amount numeric(12,2) NOT NULL,
    currency character varying(3) NOT NULL DEFAULT 'USD'::character varying,
    due_date date NOT NULL,
    paid_date date,
    status character varying(20) NOT NULL,
    invoice_number character varying(100) NOT NULL,
    description text,
    metadata jsonb,
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    updated_at timestamp without time zone NOT NULL DEFAULT now(),
    CONSTRAINT payment_records_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT payment_records_invoice_number_key UNIQUE (invoice_number),
    CONSTRAINT payment_records_pkey PRIMARY KEY (id),
    CONSTRAINT payment_records_status_check CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'overdue'::character varying, 'paid'::character varying, 'partial'::character varying, 'cancelled'::character varying])::text[])))
);

CREATE TABLE public.system_metrics (
    id uuid NOT NULL,
    metric_type character varying(50) NOT NULL,
    metric_name character varying(100) NOT NULL,
    value numeric(12,4) NOT NULL,
    dimensions jsonb,
    "timestamp" timestamp without time zone NOT NULL DEFAULT now(),
    CONSTRAINT system_metrics_pkey PRIMARY KEY (id)
);

CREATE TABLE public.tasks (
    id uuid NOT NULL,
    type character varying(50) NOT NULL,
    priority character varying(20) NOT NULL,
    customer_id uuid NOT NULL,
    campaign_id uuid,
    payment_record_id uuid,
    status character varying(20) NOT NULL,
    assigned_agent_id uuid,
    context jsonb NOT NULL,
    attempts integer DEFAULT 0,
    max_attempts integer DEFAULT 3,
    due_at timestamp without time zone,
    started_at timestamp without time zone,
    completed_at timestamp without time zone,
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    updated_at timestamp without time zone NOT NULL DEFAULT now(),
    CONSTRAINT tasks_assigned_agent_id_fkey FOREIGN KEY (assigned_agent_id) REFERENCES agents(id) ON DELETE SET NULL,
    CONSTRAINT tasks_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT tasks_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    CONSTRAINT tasks_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT tasks_max_attempts_check CHECK ((max_attempts >= 1)),
    CONSTRAINT tasks_payment_record_id_fkey FOREIGN KEY (payment_record_id) REFERENCES payment_records(id) ON DELETE SET NULL,
    CONSTRAINT tasks_pkey PRIMARY KEY (id),
    CONSTRAINT tasks_priority_check CHECK (((priority)::text = ANY ((ARRAY['low'::character varying, 'medium'::character varying, 'high'::character varying, 'urgent'::character varying])::text[]))),
    CONSTRAINT tasks_status_check CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'assigned'::character varying, 'in_progress'::character varying, 'completed'::character varying, 'failed'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT tasks_type_check CHECK (((type)::text = ANY ((ARRAY['send_email'::character varying, 'make_call'::character varying, 'send_sms'::character varying, 'research_customer'::character varying, 'escalate'::character varying, 'follow_up'::character varying])::text[])))
);

CREATE TABLE public.templates (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    type character varying(20) NOT NULL,
    channel character varying(20) NOT NULL,
    subject character varying(255),
    content text NOT NULL,
    html_content text,
    variables text[],
    category character varying(50),
    is_active boolean DEFAULT true,
    version integer DEFAULT 1,
    created_by character varying(100),
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    updated_at timestamp without time zone NOT NULL DEFAULT now(),
    CONSTRAINT templates_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying])::text[]))),
    CONSTRAINT templates_name_key UNIQUE (name),
    CONSTRAINT templates_pkey PRIMARY KEY (id),
    CONSTRAINT templates_type_check CHECK (((type)::text = ANY ((ARRAY['email'::character varying, 'sms'::character varying, 'phone_script'::character varying])::text[]))),
    CONSTRAINT templates_version_check CHECK ((version >= 1))
);

CREATE TABLE ops."__EFMigrationsHistory" (
    "MigrationId" character varying(150) NOT NULL,
    "ProductVersion" character varying(32) NOT NULL,
    CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId")
);

CREATE TABLE ops.api_keys (
    id uuid NOT NULL,
    name character varying(100) NOT NULL,
    key_hash bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp without time zone NOT NULL,
    created_by character varying(100) NOT NULL,
    expires_at timestamp without time zone,
    last_used_at timestamp without time zone,
    revoked_at timestamp without time zone,
    CONSTRAINT api_keys_pkey PRIMARY KEY (id)
);

CREATE TABLE ops.approval_requests (
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    channel character varying(20) NOT NULL,
    rule character varying(100) NOT NULL,
    explanation text NOT NULL,
    findings jsonb NOT NULL,
    status character varying(20) NOT NULL,
    requested_at timestamp without time zone NOT NULL,
    decided_at timestamp without time zone,
    decided_by character varying(100),
    expires_at timestamp without time zone,
    message jsonb,
    note character varying(1000),
    payment_record_id uuid,
    CONSTRAINT approval_requests_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying])::text[]))),
    CONSTRAINT approval_requests_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT approval_requests_pkey PRIMARY KEY (id),
    CONSTRAINT approval_requests_status_check CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'approved'::character varying, 'rejected'::character varying, 'expired'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT approval_requests_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks(id) ON DELETE CASCADE
);

CREATE TABLE ops.audit_seals (
    number bigint NOT NULL,
    sealed_at timestamp without time zone NOT NULL,
    rows integer NOT NULL,
    snapshot text NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_seals_pkey PRIMARY KEY (number)
);

CREATE TABLE ops.campaign_schedule (
    campaign_id uuid NOT NULL,
    due_at timestamp without time zone NOT NULL,
    step_number integer,
    CONSTRAINT campaign_schedule_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
    CONSTRAINT campaign_schedule_pkey PRIMARY KEY (campaign_id),
    CONSTRAINT campaign_schedule_step_number_check CHECK ((step_number >= 1))
);

CREATE TABLE ops.consents (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    channel character varying(20) NOT NULL,
    payment_record_id uuid,
    given_at timestamp without time zone NOT NULL,
    source character varying(255) NOT NULL,
    revoked_at timestamp without time zone,
    CONSTRAINT consents_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying])::text[]))),
    CONSTRAINT consents_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT consents_kind_check CHECK (((kind)::text = ANY ((ARRAY['channel'::character varying, 'prior'::character varying])::text[]))),
    CONSTRAINT consents_payment_record_id_fkey FOREIGN KEY (payment_record_id) REFERENCES payment_records(id) ON DELETE CASCADE,
    CONSTRAINT consents_pkey PRIMARY KEY (id)
);

CREATE TABLE ops.contact_fact_history (
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    source character varying(50) NOT NULL,
    before jsonb NOT NULL,
    changed_at timestamp without time zone NOT NULL,
    CONSTRAINT contact_fact_history_pkey PRIMARY KEY (id)
);

CREATE TABLE ops.contact_preferences (
    customer_id uuid NOT NULL,
    other_timezones text[] NOT NULL,
    notice_sent_on date,
    CONSTRAINT contact_preferences_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT contact_preferences_pkey PRIMARY KEY (customer_id)
);

CREATE TABLE ops.data_protection_keys (
    id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    friendly_name character varying(200),
    xml text NOT NULL,
    CONSTRAINT data_protection_keys_pkey PRIMARY KEY (id)
);

CREATE TABLE ops.demo_entities (
    table_name character varying(63) NOT NULL,
    row_id uuid NOT NULL,
    CONSTRAINT demo_entities_pkey PRIMARY KEY (table_name, row_id)
);

CREATE TABLE ops.gate_refusals (
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    campaign_id uuid,
    channel character varying(20) NOT NULL,
    at timestamp without time zone NOT NULL,
    verdict character varying(30) NOT NULL,
    next_allowed_at timestamp without time zone,
    rule_id uuid,
    rule character varying(100) NOT NULL,
    explanation text NOT NULL,
    debts uuid[] NOT NULL,
    findings jsonb NOT NULL,
    CONSTRAINT gate_refusals_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying])::text[]))),
    CONSTRAINT gate_refusals_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT gate_refusals_pkey PRIMARY KEY (id),
    CONSTRAINT gate_refusals_verdict_check CHECK (((verdict)::text = ANY ((ARRAY['allowed'::character varying, 'allowed_with_warning'::character varying, 'requires_approval'::character varying, 'escalate'::character varying, 'blocked'::character varying])::text[])))
);

CREATE TABLE ops.import_mappings (
    name character varying(100) NOT NULL,
    kind character varying(20) NOT NULL,
    mapping jsonb NOT NULL,
    saved_at timestamp without time zone NOT NULL,
    CONSTRAINT import_mappings_kind_check CHECK (((kind)::text = ANY ((ARRAY['customers'::character varying, 'payments'::character varying])::text[]))),
    CONSTRAINT import_mappings_pkey PRIMARY KEY (name)
);

CREATE TABLE ops.import_rejections (
    run_id uuid NOT NULL,
    line bigint NOT NULL,
    column_name text NOT NULL,
    reason text NOT NULL,
    raw text NOT NULL,
    CONSTRAINT import_rejections_pkey PRIMARY KEY (run_id, line),
    CONSTRAINT import_rejections_run_id_fkey FOREIGN KEY (run_id) REFERENCES ops.import_runs(id) ON DELETE CASCADE
);

CREATE TABLE ops.import_runs (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    file_name character varying(255) NOT NULL,
    mapping_name character varying(100) NOT NULL,
    mapping jsonb NOT NULL,
    shift_days integer NOT NULL,
    header text NOT NULL,
    dry_run boolean NOT NULL,
    status character varying(20) NOT NULL,
    phase character varying(20) NOT NULL,
    percent integer NOT NULL,
    actor_id character varying(100) NOT NULL,
    actor_name character varying(256) NOT NULL,
    rows_read bigint NOT NULL,
    rows_rejected bigint NOT NULL,
    customers_created bigint NOT NULL,
    customers_updated bigint NOT NULL,
    payments_created bigint NOT NULL,
    payments_updated bigint NOT NULL,
    failure text,
    started_at timestamp without time zone NOT NULL,
    heartbeat_at timestamp without time zone NOT NULL,
    finished_at timestamp without time zone,
    CONSTRAINT import_runs_kind_check CHECK (((kind)::text = ANY ((ARRAY['customers'::character varying, 'payments'::character varying])::text[]))),
    CONSTRAINT import_runs_phase_check CHECK (((phase)::text = ANY ((ARRAY['reading'::character varying, 'checking'::character varying, 'writing'::character varying, 'done'::character varying])::text[]))),
    CONSTRAINT import_runs_pkey PRIMARY KEY (id),
    CONSTRAINT import_runs_status_check CHECK (((status)::text = ANY ((ARRAY['running'::character varying, 'completed'::character varying, 'failed'::character varying, 'cancelled'::character varying])::text[])))
);

CREATE TABLE ops.inbound_contacts (
    id uuid NOT NULL,
    customer_id uuid,
    channel character varying(20) NOT NULL,
    sender character varying(255) NOT NULL,
    body text,
    received_at timestamp without time zone NOT NULL,
    duration integer,
    provider_id character varying(100),
    intent character varying(20),
    reviewed_at timestamp without time zone,
    reviewed_by character varying(100),
    review character varying(1000),
    CONSTRAINT inbound_contacts_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying])::text[]))),
    CONSTRAINT inbound_contacts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE,
    CONSTRAINT inbound_contacts_intent_check CHECK (((intent)::text = ANY ((ARRAY['none'::character varying, 'opt_out'::character varying, 'opt_in'::character varying, 'help'::character varying, 'review'::character varying])::text[]))),
    CONSTRAINT inbound_contacts_pkey PRIMARY KEY (id)
);

CREATE TABLE ops.proof_runs (
    id uuid NOT NULL,
    period_from timestamp without time zone NOT NULL,
    period_to timestamp without time zone NOT NULL,
    status character varying(20) NOT NULL,
    requested_by character varying(100) NOT NULL,
    started_at timestamp without time zone NOT NULL,
    finished_at timestamp without time zone,
    contacts_checked integer NOT NULL,
    violations integer NOT NULL,
    planted integer NOT NULL,
    planted_found integer NOT NULL,
    report jsonb,
    failure text,
    CONSTRAINT proof_runs_pkey PRIMARY KEY (id),
    CONSTRAINT proof_runs_status_check CHECK (((status)::text = ANY ((ARRAY['running'::character varying, 'done'::character varying, 'failed'::character varying, 'cancelled'::character varying])::text[])))
);

CREATE TABLE ops.role_claims (
    id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    role_id uuid NOT NULL,
    claim_type text,
    claim_value text,
    CONSTRAINT role_claims_pkey PRIMARY KEY (id),
    CONSTRAINT role_claims_role_id_fkey FOREIGN KEY (role_id) REFERENCES ops.roles(id) ON DELETE CASCADE
);

CREATE TABLE ops.roles (
    id uuid NOT NULL,
    name character varying(256),
    normalized_name character varying(256),
    concurrency_stamp text,
    CONSTRAINT roles_pkey PRIMARY KEY (id)
);

CREATE TABLE ops.rule_changes (
    id uuid NOT NULL,
    title character varying(200) NOT NULL,
    rule_id uuid,
    drafts jsonb NOT NULL,
    status character varying(20) NOT NULL,
    revision integer NOT NULL,
    note character varying(1000),
    activates_at timestamp without time zone,
    requested_by character varying(100) NOT NULL,
    requested_at timestamp without time zone NOT NULL,
    decided_by character varying(100),
    decided_at timestamp without time zone,
    reason character varying(1000),
    applied_at timestamp without time zone,
    CONSTRAINT rule_changes_pkey PRIMARY KEY (id),
    CONSTRAINT rule_changes_status_check CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'approved'::character varying, 'applied'::character varying, 'rejected'::character varying, 'withdrawn'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE ops.rule_settings (
    rule_id uuid NOT NULL,
    is_shadow boolean NOT NULL,
    citation character varying(500),
    pack_id character varying(50),
    pack_rule character varying(100),
    pack_version integer,
    CONSTRAINT rule_settings_pkey PRIMARY KEY (rule_id),
    CONSTRAINT rule_settings_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES compliance_rules(id) ON DELETE CASCADE
);

CREATE TABLE ops.rule_tallies (
    id uuid NOT NULL,
    rule_id uuid NOT NULL,
    at timestamp without time zone NOT NULL,
    is_shadow boolean NOT NULL,
    allowed integer NOT NULL,
    warned integer NOT NULL,
    deferred integer NOT NULL,
    blocked integer NOT NULL,
    sent_to_approval integer NOT NULL,
    escalated integer NOT NULL,
    CONSTRAINT rule_tallies_pkey PRIMARY KEY (id)
);

CREATE TABLE ops.rule_versions (
    id uuid NOT NULL,
    rule_id uuid NOT NULL,
    number integer NOT NULL,
    name character varying(100) NOT NULL,
    description text,
    rule_type character varying(50) NOT NULL,
    condition jsonb NOT NULL,
    action character varying(50) NOT NULL,
    severity character varying(20),
    is_enabled boolean NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    valid_from timestamp without time zone NOT NULL,
    valid_to timestamp without time zone,
    saved_by character varying(100),
    note character varying(1000),
    CONSTRAINT rule_versions_action_check CHECK (((action)::text = ANY ((ARRAY['block_contact'::character varying, 'require_approval'::character varying, 'log_warning'::character varying, 'escalate'::character varying])::text[]))),
    CONSTRAINT rule_versions_pkey PRIMARY KEY (id),
    CONSTRAINT rule_versions_severity_check CHECK (((severity)::text = ANY ((ARRAY['low'::character varying, 'medium'::character varying, 'high'::character varying, 'critical'::character varying])::text[])))
);

CREATE TABLE ops.sealed_audit_rows (
    audit_log_id uuid NOT NULL,
    seal_number bigint NOT NULL,
    "position" integer NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT sealed_audit_rows_pkey PRIMARY KEY (audit_log_id)
);

CREATE TABLE ops.setup_tokens (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    operator_id uuid,
    created_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    used_at timestamp without time zone,
    CONSTRAINT setup_tokens_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES ops.users(id) ON DELETE CASCADE,
    CONSTRAINT setup_tokens_pkey PRIMARY KEY (id)
);

CREATE TABLE ops.simulated_messages (
    id uuid NOT NULL,
    channel character varying(20) NOT NULL,
    accepted_at timestamp without time zone NOT NULL,
    sends integer NOT NULL,
    CONSTRAINT simulated_messages_channel_check CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'sms'::character varying])::text[]))),
    CONSTRAINT simulated_messages_pkey PRIMARY KEY (id)
);

CREATE TABLE ops.user_claims (
    id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    user_id uuid NOT NULL,
    claim_type text,
    claim_value text,
    CONSTRAINT user_claims_pkey PRIMARY KEY (id),
    CONSTRAINT user_claims_user_id_fkey FOREIGN KEY (user_id) REFERENCES ops.users(id) ON DELETE CASCADE
);

CREATE TABLE ops.user_logins (
    login_provider character varying(128) NOT NULL,
    provider_key character varying(128) NOT NULL,
    provider_display_name text,
    user_id uuid NOT NULL,
    CONSTRAINT user_logins_pkey PRIMARY KEY (login_provider, provider_key),
    CONSTRAINT user_logins_user_id_fkey FOREIGN KEY (user_id) REFERENCES ops.users(id) ON DELETE CASCADE
);

CREATE TABLE ops.user_passkeys (
    credential_id bytea NOT NULL,
    user_id uuid NOT NULL,
    data jsonb NOT NULL,
    CONSTRAINT user_passkeys_pkey PRIMARY KEY (credential_id),
    CONSTRAINT user_passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES ops.users(id) ON DELETE CASCADE
);

CREATE TABLE ops.user_roles (
    user_id uuid NOT NULL,
    role_id uuid NOT NULL,
    CONSTRAINT user_roles_pkey PRIMARY KEY (user_id, role_id),
    CONSTRAINT user_roles_role_id_fkey FOREIGN KEY (role_id) REFERENCES ops.roles(id) ON DELETE CASCADE,
    CONSTRAINT user_roles_user_id_fkey FOREIGN KEY (user_id) REFERENCES ops.users(id) ON DELETE CASCADE
);

CREATE TABLE ops.user_tokens (
    user_id uuid NOT NULL,
    login_provider character varying(128) NOT NULL,
    name character varying(128) NOT NULL,
    value text,
    CONSTRAINT user_tokens_pkey PRIMARY KEY (user_id, login_provider, name),
    CONSTRAINT user_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES ops.users(id) ON DELETE CASCADE
);

CREATE TABLE ops.users (
    id uuid NOT NULL,
    display_name character varying(100) NOT NULL,
    created_at timestamp without time zone NOT NULL DEFAULT now(),
    last_sign_in_at timestamp without time zone,
    user_name character varying(256),
    normalized_user_name character varying(256),
    email character varying(256),
    normalized_email character varying(256),
    email_confirmed boolean NOT NULL,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    phone_number character varying(256),
    phone_number_confirmed boolean NOT NULL,
    two_factor_enabled boolean NOT NULL,
    lockout_end timestamp with time zone,
    lockout_enabled boolean NOT NULL,
    access_failed_count integer NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (id)
);

CREATE INDEX idx_agents_status ON public.agents USING btree (status);

CREATE INDEX idx_agents_type ON public.agents USING btree (type);

CREATE INDEX idx_audit_logs_entity_type_id ON public.audit_logs USING btree (entity_type, entity_id);

CREATE INDEX idx_audit_logs_timestamp ON public.audit_logs USING btree ("timestamp");

CREATE INDEX idx_campaigns_customer_id ON public.campaigns USING btree (customer_id);

CREATE INDEX idx_campaigns_payment_record_id ON public.campaigns USING btree (payment_record_id);

CREATE INDEX idx_campaigns_start_date ON public.campaigns USING btree (start_date);

CREATE INDEX idx_campaigns_status ON public.campaigns USING btree (status);

CREATE INDEX idx_contact_attempts_agent_id ON public.contact_attempts USING btree (agent_id);

CREATE INDEX idx_contact_attempts_campaign_id ON public.contact_attempts USING btree (campaign_id);

CREATE INDEX idx_contact_attempts_channel ON public.contact_attempts USING btree (channel);

CREATE INDEX idx_contact_attempts_customer_id ON public.contact_attempts USING btree (customer_id);

CREATE INDEX idx_contact_attempts_task_id ON public.contact_attempts USING btree (task_id);

CREATE INDEX idx_contact_attempts_timestamp ON public.contact_attempts USING btree ("timestamp");

CREATE INDEX idx_customers_company_name ON public.customers USING btree (company_name);

CREATE INDEX idx_customers_deleted_at ON public.customers USING btree (deleted_at) WHERE (deleted_at IS NULL);

CREATE INDEX idx_customers_email ON public.customers USING btree (email);

CREATE INDEX idx_opt_outs_customer_id ON public.opt_outs USING btree (customer_id);

CREATE INDEX idx_payment_records_customer_id ON public.payment_records USING btree (customer_id);

CREATE INDEX idx_payment_records_due_date ON public.payment_records USING btree (due_date);

CREATE INDEX idx_payment_records_invoice_number ON public.payment_records USING btree (invoice_number);

CREATE INDEX idx_payment_records_paid_date ON public.payment_records USING btree (paid_date) WHERE (paid_date IS NOT NULL);

CREATE INDEX idx_payment_records_status ON public.payment_records USING btree (status);

CREATE INDEX idx_system_metrics_type_timestamp ON public.system_metrics USING btree (metric_type, "timestamp");

CREATE INDEX idx_tasks_assigned_agent_id ON public.tasks USING btree (assigned_agent_id);

CREATE INDEX idx_tasks_campaign_id ON public.tasks USING btree (campaign_id);

CREATE INDEX idx_tasks_claim ON public.tasks USING btree (type, (
CASE priority
    WHEN 'urgent'::text THEN 0
    WHEN 'high'::text THEN 1
    WHEN 'medium'::text THEN 2
    ELSE 3
END), due_at) WHERE (((status)::text = 'pending'::text) AND (due_at IS NOT NULL));

CREATE INDEX idx_tasks_completed_at ON public.tasks USING btree (completed_at) WHERE (completed_at IS NOT NULL);

CREATE INDEX idx_tasks_customer_id ON public.tasks USING btree (customer_id);

CREATE INDEX idx_tasks_due_at ON public.tasks USING btree (due_at);

CREATE INDEX idx_tasks_payment_record_id ON public.tasks USING btree (payment_record_id);

CREATE INDEX idx_tasks_status ON public.tasks USING btree (status);

CREATE INDEX idx_tasks_type_status ON public.tasks USING btree (type, status);

CREATE UNIQUE INDEX uq_tasks_campaign_step ON public.tasks USING btree (campaign_id, (((context ->> 'step_number'::text))::integer), COALESCE(((context ->> 'round'::text))::integer, 1)) WHERE ((campaign_id IS NOT NULL) AND ((type)::text <> 'follow_up'::text));

CREATE UNIQUE INDEX api_keys_key_hash_key ON ops.api_keys USING btree (key_hash);

CREATE INDEX idx_approval_requests_customer_id ON ops.approval_requests USING btree (customer_id);

CREATE INDEX idx_approval_requests_status_requested_at ON ops.approval_requests USING btree (status, requested_at);

CREATE INDEX idx_approval_requests_task_id ON ops.approval_requests USING btree (task_id);

CREATE INDEX idx_campaign_schedule_due_at ON ops.campaign_schedule USING btree (due_at);

CREATE INDEX idx_consents_customer_id ON ops.consents USING btree (customer_id);

CREATE INDEX idx_consents_payment_record_id ON ops.consents USING btree (payment_record_id);

CREATE INDEX idx_contact_fact_history_customer_id_changed_at ON ops.contact_fact_history USING btree (customer_id, changed_at);

CREATE INDEX idx_gate_refusals_at ON ops.gate_refusals USING btree (at);

CREATE INDEX idx_gate_refusals_customer_id_at ON ops.gate_refusals USING btree (customer_id, at);

CREATE INDEX idx_gate_refusals_task_id ON ops.gate_refusals USING btree (task_id);

CREATE INDEX idx_import_runs_started_at ON ops.import_runs USING btree (started_at);

CREATE INDEX idx_inbound_contacts_customer_id_received_at ON ops.inbound_contacts USING btree (customer_id, received_at);

CREATE INDEX idx_inbound_contacts_to_review ON ops.inbound_contacts USING btree (received_at) WHERE (((intent)::text = 'review'::text) AND (reviewed_at IS NULL));

CREATE INDEX idx_proof_runs_started_at ON ops.proof_runs USING btree (started_at);

CREATE INDEX idx_role_claims_role_id ON ops.role_claims USING btree (role_id);

CREATE INDEX idx_rule_changes_rule_id ON ops.rule_changes USING btree (rule_id);

CREATE INDEX idx_rule_changes_status_activates_at ON ops.rule_changes USING btree (status, activates_at);

CREATE INDEX idx_rule_tallies_rule_id_at ON ops.rule_tallies USING btree (rule_id, at);

CREATE INDEX idx_setup_tokens_operator_id ON ops.setup_tokens USING btree (operator_id);

CREATE INDEX idx_user_claims_user_id ON ops.user_claims USING btree (user_id);

CREATE INDEX idx_user_logins_user_id ON ops.user_logins USING btree (user_id);

CREATE INDEX idx_user_passkeys_user_id ON ops.user_passkeys USING btree (user_id);

CREATE INDEX idx_user_roles_role_id ON ops.user_roles USING btree (role_id);

CREATE INDEX idx_users_normalized_email ON ops.users USING btree (normalized_email);

CREATE UNIQUE INDEX inbound_contacts_provider_id_key ON ops.inbound_contacts USING btree (provider_id);

CREATE UNIQUE INDEX roles_normalized_name_key ON ops.roles USING btree (normalized_name);

CREATE UNIQUE INDEX rule_settings_pack_id_pack_rule_key ON ops.rule_settings USING btree (pack_id, pack_rule);

CREATE UNIQUE INDEX rule_versions_rule_id_number_key ON ops.rule_versions USING btree (rule_id, number);

CREATE UNIQUE INDEX sealed_audit_rows_seal_number_position_key ON ops.sealed_audit_rows USING btree (seal_number, "position");

CREATE UNIQUE INDEX setup_tokens_token_hash_key ON ops.setup_tokens USING btree (token_hash);

CREATE UNIQUE INDEX uq_approval_requests_open ON ops.approval_requests USING btree (task_id) WHERE ((status)::text = 'pending'::text);

CREATE UNIQUE INDEX users_normalized_user_name_key ON ops.users USING btree (normalized_user_name);

CREATE OR REPLACE FUNCTION public.update_updated_at_column()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    NEW.updated_at = NOW();
    RETURN NEW;
END;
$function$
;

CREATE OR REPLACE FUNCTION ops.keep_contact_fact()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    INSERT INTO ops.contact_fact_history (id, customer_id, source, before, changed_at)
    VALUES (gen_random_uuid(), OLD.customer_id, TG_TABLE_NAME, to_jsonb(OLD), clock_timestamp() AT TIME ZONE 'UTC');
    RETURN NULL;
END;
$function$
;

CREATE OR REPLACE FUNCTION ops.keep_rule_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE moment timestamp;
BEGIN
    PERFORM pg_advisory_xact_lock(7102301);
    moment := clock_timestamp() AT TIME ZONE 'UTC';
    UPDATE ops.rule_versions SET valid_to = moment
    WHERE rule_id = coalesce(NEW.id, OLD.id) AND valid_to IS NULL;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO ops.rule_versions (id, rule_id, number, name, description, rule_type, condition, action,
                                       severity, is_enabled, updated_at, valid_from)
        SELECT gen_random_uuid(), NEW.id, coalesce(max(number), 0) + 1, NEW.name, NEW.description,
               NEW.rule_type, NEW.condition, NEW.action, NEW.severity, NEW.is_enabled IS NOT FALSE,
               NEW.updated_at, moment
        FROM ops.rule_versions WHERE rule_id = NEW.id;
    END IF;
    RETURN NULL;
END;
$function$
;

CREATE OR REPLACE FUNCTION ops.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'audit_logs can only grow: % is not allowed', TG_OP USING ERRCODE = 'insufficient_privilege';
END;
$function$
;

CREATE OR REPLACE FUNCTION ops.withdraw_approval_request()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    UPDATE ops.approval_requests
    SET status = 'withdrawn', decided_at = coalesce(NEW.completed_at, clock_timestamp() AT TIME ZONE 'UTC')
    WHERE task_id = NEW.id AND status = 'pending';
    RETURN NULL;
END;
$function$
;

CREATE TRIGGER audit_logs_append_only BEFORE DELETE OR UPDATE ON public.audit_logs FOR EACH ROW EXECUTE FUNCTION ops.refuse_audit_change();

CREATE TRIGGER audit_logs_no_truncate BEFORE TRUNCATE ON public.audit_logs FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_audit_change();

CREATE TRIGGER keep_compliance_rules_version AFTER INSERT OR DELETE OR UPDATE ON public.compliance_rules FOR EACH ROW EXECUTE FUNCTION ops.keep_rule_version();

CREATE TRIGGER keep_customer_profiles_history AFTER UPDATE ON public.customer_profiles FOR EACH ROW WHEN (((((((old.timezone)::text IS DISTINCT FROM (new.timezone)::text) OR (old.do_not_contact IS DISTINCT FROM new.do_not_contact)) OR (old.contact_restrictions IS DISTINCT FROM new.contact_restrictions)) OR (old.preferred_contact_time_start IS DISTINCT FROM new.preferred_contact_time_start)) OR (old.preferred_contact_time_end IS DISTINCT FROM new.preferred_contact_time_end))) EXECUTE FUNCTION ops.keep_contact_fact();

CREATE TRIGGER keep_opt_outs_history AFTER DELETE OR UPDATE ON public.opt_outs FOR EACH ROW EXECUTE FUNCTION ops.keep_contact_fact();

CREATE TRIGGER update_agents_updated_at BEFORE UPDATE ON public.agents FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_campaigns_updated_at BEFORE UPDATE ON public.campaigns FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_compliance_rules_updated_at BEFORE UPDATE ON public.compliance_rules FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_customer_profiles_updated_at BEFORE UPDATE ON public.customer_profiles FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_customers_updated_at BEFORE UPDATE ON public.customers FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_payment_records_updated_at BEFORE UPDATE ON public.payment_records FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_tasks_updated_at BEFORE UPDATE ON public.tasks FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER update_templates_updated_at BEFORE UPDATE ON public.templates FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

CREATE TRIGGER withdraw_approval_request AFTER UPDATE OF status ON public.tasks FOR EACH ROW WHEN ((((old.status)::text = 'pending'::text) AND ((new.status)::text = ANY ((ARRAY['cancelled'::character varying, 'completed'::character varying, 'failed'::character varying])::text[])) AND (((old.context -> 'gate'::text) ->> 'decision'::text) = 'requires_approval'::text))) EXECUTE FUNCTION ops.withdraw_approval_request();

CREATE TRIGGER keep_consents_history AFTER DELETE OR UPDATE ON ops.consents FOR EACH ROW EXECUTE FUNCTION ops.keep_contact_fact();

CREATE TRIGGER keep_contact_preferences_history AFTER DELETE OR UPDATE ON ops.contact_preferences FOR EACH ROW EXECUTE FUNCTION ops.keep_contact_fact();
