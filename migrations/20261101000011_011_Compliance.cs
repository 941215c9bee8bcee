using System;
using Dashboard.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dashboard.Migrations
{
    /// <summary>
    /// Compliance that can be proved: versions, changes and tallies of rules, refusals, contacts the customer started, consents,
    /// the history of what the gate looks at, re-proofs, the audit log's seals; API keys.
    /// </summary>
    [DbContext(typeof(DashboardDb))]
    [Migration("20261101000011_011_Compliance")]
    public sealed class Compliance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "approval_requests_status_check",
                schema: "ops",
                table: "approval_requests"
            );

            migrationBuilder.AddColumn<DateTime>(
                name: "expires_at",
                schema: "ops",
                table: "approval_requests",
                type: "timestamp without time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "message",
                schema: "ops",
                table: "approval_requests",
                type: "jsonb",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "note",
                schema: "ops",
                table: "approval_requests",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true
            );

            migrationBuilder.AddColumn<Guid>(
                name: "payment_record_id",
                schema: "ops",
                table: "approval_requests",
                type: "uuid",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "api_keys",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    scopes = table.Column<string[]>(type: "text[]", nullable: false),
                    created_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    created_by = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    expires_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    last_used_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    revoked_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("api_keys_pkey", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "audit_seals",
                schema: "ops",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    sealed_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    snapshot = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("audit_seals_pkey", x => x.number);
                }
            );

            migrationBuilder.CreateTable(
                name: "consents",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    channel = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    payment_record_id = table.Column<Guid>(type: "uuid", nullable: true),
                    given_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    source = table.Column<string>(
                        type: "character varying(255)",
                        maxLength: 255,
                        nullable: false
                    ),
                    revoked_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("consents_pkey", x => x.id);
                    table.CheckConstraint(
                        "consents_channel_check",
                        "channel IN ('email', 'phone', 'sms')"
                    );
                    table.CheckConstraint("consents_kind_check", "kind IN ('channel', 'prior')");
                    table.ForeignKey(
                        name: "consents_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                    table.ForeignKey(
                        name: "consents_payment_record_id_fkey",
                        column: x => x.payment_record_id,
                        principalTable: "payment_records",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "contact_fact_history",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: false
                    ),
                    before = table.Column<string>(type: "jsonb", nullable: false),
                    changed_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("contact_fact_history_pkey", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "contact_preferences",
                schema: "ops",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    other_timezones = table.Column<string[]>(type: "text[]", nullable: false),
                    notice_sent_on = table.Column<DateOnly>(type: "date", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("contact_preferences_pkey", x => x.customer_id);
                    table.ForeignKey(
                        name: "contact_preferences_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "gate_refusals",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    campaign_id = table.Column<Guid>(type: "uuid", nullable: true),
                    channel = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    verdict = table.Column<string>(
                        type: "character varying(30)",
                        maxLength: 30,
                        nullable: false
                    ),
                    next_allowed_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    rule_id = table.Column<Guid>(type: "uuid", nullable: true),
                    rule = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    explanation = table.Column<string>(type: "text", nullable: false),
                    debts = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("gate_refusals_pkey", x => x.id);
                    table.CheckConstraint(
                        "gate_refusals_channel_check",
                        "channel IN ('email', 'phone', 'sms')"
                    );
                    table.CheckConstraint(
                        "gate_refusals_verdict_check",
                        "verdict IN ('allowed', 'allowed_with_warning', 'requires_approval', 'escalate', 'blocked')"
                    );
                    table.ForeignKey(
                        name: "gate_refusals_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "inbound_contacts",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    channel = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    sender = table.Column<string>(
                        type: "character varying(255)",
                        maxLength: 255,
                        nullable: false
                    ),
                    body = table.Column<string>(type: "text", nullable: true),
                    received_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    duration = table.Column<int>(type: "integer", nullable: true),
                    provider_id = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: true
                    ),
                    intent = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: true
                    ),
                    reviewed_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    reviewed_by = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: true
                    ),
                    review = table.Column<string>(
                        type: "character varying(1000)",
                        maxLength: 1000,
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("inbound_contacts_pkey", x => x.id);
                    table.CheckConstraint(
                        "inbound_contacts_channel_check",
                        "channel IN ('email', 'phone', 'sms')"
                    );
                    table.CheckConstraint(
                        "inbound_contacts_intent_check",
                        "intent IN ('none', 'opt_out', 'opt_in', 'help', 'review')"
                    );
                    table.ForeignKey(
                        name: "inbound_contacts_customer_id_fkey",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "proof_runs",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    period_from = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    period_to = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    status = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    requested_by = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    started_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    finished_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    contacts_checked = table.Column<int>(type: "integer", nullable: false),
                    violations = table.Column<int>(type: "integer", nullable: false),
                    planted = table.Column<int>(type: "integer", nullable: false),
                    planted_found = table.Column<int>(type: "integer", nullable: false),
                    report = table.Column<string>(type: "jsonb", nullable: true),
                    failure = table.Column<string>(type: "text", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("proof_runs_pkey", x => x.id);
                    table.CheckConstraint(
                        "proof_runs_status_check",
                        "status IN ('running', 'done', 'failed', 'cancelled')"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "rule_changes",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    rule_id = table.Column<Guid>(type: "uuid", nullable: true),
                    drafts = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(
                        type: "character varying(1000)",
                        maxLength: 1000,
                        nullable: true
                    ),
                    activates_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    requested_by = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    requested_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    decided_by = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: true
                    ),
                    decided_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    reason = table.Column<string>(
                        type: "character varying(1000)",
                        maxLength: 1000,
                        nullable: true
                    ),
                    applied_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("rule_changes_pkey", x => x.id);
                    table.CheckConstraint(
                        "rule_changes_status_check",
                        "status IN ('pending', 'approved', 'applied', 'rejected', 'withdrawn', 'failed')"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "rule_settings",
                schema: "ops",
                columns: table => new
                {
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_shadow = table.Column<bool>(type: "boolean", nullable: false),
                    citation = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: true
                    ),
                    pack_id = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: true
                    ),
                    pack_rule = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: true
                    ),
                    pack_version = table.Column<int>(type: "integer", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("rule_settings_pkey", x => x.rule_id);
                    table.ForeignKey(
                        name: "rule_settings_rule_id_fkey",
                        column: x => x.rule_id,
                        principalTable: "compliance_rules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "rule_tallies",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    is_shadow = table.Column<bool>(type: "boolean", nullable: false),
                    allowed = table.Column<int>(type: "integer", nullable: false),
                    warned = table.Column<int>(type: "integer", nullable: false),
                    deferred = table.Column<int>(type: "integer", nullable: false),
                    blocked = table.Column<int>(type: "integer", nullable: false),
                    sent_to_approval = table.Column<int>(type: "integer", nullable: false),
                    escalated = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("rule_tallies_pkey", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "rule_versions",
                schema: "ops",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false
                    ),
                    description = table.Column<string>(type: "text", nullable: true),
                    rule_type = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: false
                    ),
                    condition = table.Column<string>(type: "jsonb", nullable: false),
                    action = table.Column<string>(
                        type: "character varying(50)",
                        maxLength: 50,
                        nullable: false
                    ),
                    severity = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: true
                    ),
                    is_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    valid_from = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: false
                    ),
                    valid_to = table.Column<DateTime>(
                        type: "timestamp without time zone",
                        nullable: true
                    ),
                    saved_by = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: true
                    ),
                    note = table.Column<string>(
                        type: "character varying(1000)",
                        maxLength: 1000,
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("rule_versions_pkey", x => x.id);
                    table.CheckConstraint(
                        "rule_versions_action_check",
                        "action IN ('block_contact', 'require_approval', 'log_warning', 'escalate')"
                    );
                    table.CheckConstraint(
                        "rule_versions_severity_check",
                        "severity IN ('low', 'medium', 'high', 'critical')"
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "sealed_audit_rows",
                schema: "ops",
                columns: table => new
                {
                    audit_log_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seal_number = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("sealed_audit_rows_pkey", x => x.audit_log_id);
                }
            );

            migrationBuilder.AddCheckConstraint(
                name: "approval_requests_status_check",
                schema: "ops",
                table: "approval_requests",
                sql: "status IN ('pending', 'approved', 'rejected', 'expired', 'withdrawn')"
            );

            migrationBuilder.CreateIndex(
                name: "api_keys_key_hash_key",
                schema: "ops",
                table: "api_keys",
                column: "key_hash",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "idx_consents_customer_id",
                schema: "ops",
                table: "consents",
                column: "customer_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_consents_payment_record_id",
                schema: "ops",
                table: "consents",
                column: "payment_record_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_contact_fact_history_customer_id_changed_at",
                schema: "ops",
                table: "contact_fact_history",
                columns: new[] { "customer_id", "changed_at" }
            );

            migrationBuilder.CreateIndex(
                name: "idx_gate_refusals_at",
                schema: "ops",
                table: "gate_refusals",
                column: "at"
            );

            migrationBuilder.CreateIndex(
                name: "idx_gate_refusals_customer_id_at",
                schema: "ops",
                table: "gate_refusals",
                columns: new[] { "customer_id", "at" }
            );

            migrationBuilder.CreateIndex(
                name: "idx_gate_refusals_task_id",
                schema: "ops",
                table: "gate_refusals",
                column: "task_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_inbound_contacts_customer_id_received_at",
                schema: "ops",
                table: "inbound_contacts",
                columns: new[] { "customer_id", "received_at" }
            );

            migrationBuilder.CreateIndex(
                name: "idx_inbound_contacts_to_review",
                schema: "ops",
                table: "inbound_contacts",
                column: "received_at",
                filter: "intent = 'review' AND reviewed_at IS NULL"
            );

            migrationBuilder.CreateIndex(
                name: "inbound_contacts_provider_id_key",
                schema: "ops",
                table: "inbound_contacts",
                column: "provider_id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "idx_proof_runs_started_at",
                schema: "ops",
                table: "proof_runs",
                column: "started_at"
            );

            migrationBuilder.CreateIndex(
                name: "idx_rule_changes_rule_id",
                schema: "ops",
                table: "rule_changes",
                column: "rule_id"
            );

            migrationBuilder.CreateIndex(
                name: "idx_rule_changes_status_activates_at",
                schema: "ops",
                table: "rule_changes",
                columns: new[] { "status", "activates_at" }
            );

            migrationBuilder.CreateIndex(
                name: "rule_settings_pack_id_pack_rule_key",
                schema: "ops",
                table: "rule_settings",
                columns: new[] { "pack_id", "pack_rule" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "idx_rule_tallies_rule_id_at",
                schema: "ops",
                table: "rule_tallies",
                columns: new[] { "rule_id", "at" }
            );

            migrationBuilder.CreateIndex(
                name: "rule_versions_rule_id_number_key",
                schema: "ops",
                table: "rule_versions",
                columns: new[] { "rule_id", "number" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "sealed_audit_rows_seal_number_position_key",
                schema: "ops",
                table: "sealed_audit_rows",
                columns: new[] { "seal_number", "position" },
                unique: true
            );

            migrationBuilder.CreateRuleVersionTrigger();
            migrationBuilder.CreateContactFactTriggers();
            migrationBuilder.MakeAuditLogAppendOnly();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP FUNCTION ops.keep_rule_version CASCADE;
                DROP FUNCTION ops.keep_contact_fact CASCADE;
                DROP FUNCTION ops.refuse_audit_change CASCADE;
                GRANT UPDATE, DELETE, TRUNCATE ON audit_logs TO CURRENT_USER;
                """
            );

            migrationBuilder.DropTable(name: "api_keys", schema: "ops");

            migrationBuilder.DropTable(name: "audit_seals", schema: "ops");

            migrationBuilder.DropTable(name: "consents", schema: "ops");

            migrationBuilder.DropTable(name: "contact_fact_history", schema: "ops");

            migrationBuilder.DropTable(name: "contact_preferences", schema: "ops");

            migrationBuilder.DropTable(name: "gate_refusals", schema: "ops");

            migrationBuilder.DropTable(name: "inbound_contacts", schema: "ops");

            migrationBuilder.DropTable(name: "proof_runs", schema: "ops");

            migrationBuilder.DropTable(name: "rule_changes", schema: "ops");

            migrationBuilder.DropTable(name: "rule_settings", schema: "ops");

            migrationBuilder.DropTable(name: "rule_tallies", schema: "ops");

            migrationBuilder.DropTable(name: "rule_versions", schema: "ops");

            migrationBuilder.DropTable(name: "sealed_audit_rows", schema: "ops");

            migrationBuilder.DropCheckConstraint(
                name: "approval_requests_status_check",
                schema: "ops",
                table: "approval_requests"
            );

            migrationBuilder.DropColumn(
                name: "expires_at",
                schema: "ops",
                table: "approval_requests"
            );

            migrationBuilder.DropColumn(name: "message", schema: "ops", table: "approval_requests");

            migrationBuilder.DropColumn(name: "note", schema: "ops", table: "approval_requests");

            migrationBuilder.DropColumn(
                name: "payment_record_id",
                schema: "ops",
                table: "approval_requests"
            );

            migrationBuilder.AddCheckConstraint(
                name: "approval_requests_status_check",
                schema: "ops",
                table: "approval_requests",
                sql: "status IN ('pending', 'approved', 'rejected')"
            );
        }
    }
}
