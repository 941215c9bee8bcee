using Dashboard.Data.Commands;
using Dashboard.Data.Compliance;
using Dashboard.Data.Compliance.Approvals;
using Dashboard.Data.Operators;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunit;

namespace Dashboard.Data.Tests.Compliance.Approvals;

public sealed class DecideApprovalsTests : IAsyncLifetime
{
    private readonly TestClock _clock = new(Some.Now);
    private TestDatabase _db = null!;
    private CommandRunner _runner = null!;
    private ApprovalDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        _runner = new CommandRunner(_db.Factory, _clock);
        _desk = ApprovalDesks.Create(_clock);
        await _db.AddAsync(
            Some.Template(t =>
            {
                t.Subject = "Invoice {{invoice.number}}";
                t.Content = "Dear {{customer.first_name}}, {{total_overdue}} is open.";
                t.HtmlContent = "<p>Dear {{customer.first_name}}</p><p>{{company.name}}</p>";
            })
        );
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task An_approval_frees_the_task_and_keeps_the_message_as_it_was_rendered()
    {
        var request = await AskAsync();

        var result = await DecideAsync(
            _desk.Approve(
                ApprovalSelection.One(request.Id),
                _clock.Now.AddHours(4),
                "Known customer."
            )
        );

        Assert.Equal(new ApprovalsDecided(1), result.Value);
        var decided = await RequestAsync(request.Id);
        Assert.Equal(
            (ApprovalStatus.Approved, "Known customer.", (DateTime?)_clock.Now.AddHours(4)),
            (decided.Status, decided.Note, decided.ExpiresAt)
        );
        var message = decided.Message!.Value;
        Assert.Equal("Dear Ada, USD 120.00 is open.", message.GetProperty("text").GetString());
        Assert.Contains(
            "Fabrikam &amp; Sons",
            message.GetProperty("html").GetString(),
            StringComparison.Ordinal
        );
        Assert.StartsWith("Invoice INV-", message.GetProperty("subject").GetString());
        Assert.Equal(1, message.GetProperty("invoices").GetArrayLength());
        var task = await TaskAsync(request.TaskId);
        Assert.Equal((AgentTaskStatus.Pending, (DateTime?)_clock.Now), (task.Status, task.DueAt));
        Assert.Null(task.Context.Gate);
        Assert.Equal(["approval_request", "task"], await AuditedAsync("approved"));
    }

    [Fact]
    public async Task A_rejection_cancels_the_task_with_the_reason_and_wakes_its_campaign()
    {
        var customer = Some.Customer();
        var campaign = Some.Campaign(customer);
        await _db.AddAsync(customer, Some.Profile(customer), Some.Invoice(customer), campaign);
        var request = await AskAsync(customer, campaign);

        await DecideAsync(_desk.Reject(ApprovalSelection.One(request.Id), "They are in talks."));

        var task = await TaskAsync(request.TaskId);
        Assert.Equal(
            (AgentTaskStatus.Cancelled, "Olga did not approve it: They are in talks."),
            (task.Status, task.Context.Reason)
        );
        Assert.Equal(ApprovalStatus.Rejected, (await RequestAsync(request.Id)).Status);
        var woken = await _db.ReadAsync(db => db.CampaignSchedules.SingleAsync());
        Assert.Equal((campaign.Id, _clock.Now), (woken.CampaignId, woken.DueAt));
    }

    [Fact]
    public async Task A_rejected_step_goes_on_by_its_fallback_channel()
    {
        var request = await AskAsync(with: t => t.Context.FallbackChannel = Channel.Sms);

        await DecideAsync(_desk.Reject(ApprovalSelection.One(request.Id), "Not by e-mail."));

        var next = await _db.ReadAsync(db =>
            db.Tasks.SingleAsync(t => t.Status == AgentTaskStatus.Pending)
        );
        Assert.Equal(
            (TaskType.SendSms, StepChannel.Sms, (int?)2, (DateTime?)_clock.Now),
            (next.Type, next.Context.Channel, next.Context.Round, next.DueAt)
        );
        Assert.Contains("Not by e-mail.", next.Context.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_decision_is_refused_and_says_who_was_faster()
    {
        var request = await AskAsync();
        await DecideAsync(_desk.Approve(ApprovalSelection.One(request.Id)));

        var second = await DecideAsync(_desk.Reject(ApprovalSelection.One(request.Id), "No."));

        Assert.Equal("conflict", second.Error!.Code);
        Assert.Contains(
            "approved this at 15:00 UTC",
            second.Error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(ApprovalStatus.Approved, (await RequestAsync(request.Id)).Status);
    }

    [Fact]
    public async Task Of_two_officers_at_once_exactly_one_decides()
    {
        for (var round = 0; round < 10; round++)
        {
            var request = await AskAsync();
            var one = ApprovalSelection.One(request.Id);

            var results = await Task.WhenAll(
                Task.Run(() => DecideAsync(_desk.Approve(one))),
                Task.Run(() => DecideAsync(_desk.Reject(one, "No."), Officer("otto", "Otto")))
            );

            Assert.Single(results, r => r.Succeeded);
            var task = await TaskAsync(request.TaskId);
            var decided = await RequestAsync(request.Id);
            Assert.Equal(
                decided.Status == ApprovalStatus.Approved,
                task.Status == AgentTaskStatus.Pending
            );
        }
    }

    [Fact]
    public async Task A_decision_and_a_cancelled_task_never_leave_a_request_open_or_a_cancelled_task_approved()
    {
        for (var round = 0; round < 10; round++)
        {
            var request = await AskAsync();

            await Task.WhenAll(
                Task.Run(() => DecideAsync(_desk.Approve(ApprovalSelection.One(request.Id)))),
                Task.Run(() =>
                    _runner.RunAsync(new CancelTasks(TaskSelection.One(request.TaskId)), Officer())
                )
            );

            // The cancel wins in the end: an approved task that waits can still be cancelled.
            Assert.Equal(AgentTaskStatus.Cancelled, (await TaskAsync(request.TaskId)).Status);
            Assert.NotEqual(ApprovalStatus.Pending, (await RequestAsync(request.Id)).Status);
        }
    }

    [Fact]
    public async Task A_request_ends_with_its_task_whoever_ends_it()
    {
        var request = await AskAsync();

        await _db.DataSource.ExecuteAsync(
            "UPDATE tasks SET status = 'cancelled', completed_at = '2026-06-03 16:00'"
        );

        var ended = await RequestAsync(request.Id);
        Assert.Equal(ApprovalStatus.Withdrawn, ended.Status);
        var late = await DecideAsync(_desk.Approve(ApprovalSelection.One(request.Id)));
        Assert.Contains("does not wait", late.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(24 * 31)]
    public async Task An_approval_runs_out_in_the_future_and_not_too_late(int hours)
    {
        var request = await AskAsync();

        var result = await DecideAsync(
            _desk.Approve(ApprovalSelection.One(request.Id), _clock.Now.AddHours(hours))
        );

        Assert.Equal(("invalid", "Until"), (result.Error!.Code, result.Error.Field));
        Assert.Equal(ApprovalStatus.Pending, (await RequestAsync(request.Id)).Status);
    }

    [Fact]
    public async Task A_rejection_needs_a_reason()
    {
        var request = await AskAsync();

        var result = await DecideAsync(_desk.Reject(ApprovalSelection.One(request.Id), "  "));

        Assert.Equal("Note", result.Error!.Field);
    }

    [Fact]
    public async Task All_that_match_a_filter_are_decided_and_no_other()
    {
        var matching = new[] { await AskAsync(), await AskAsync(), await AskAsync() };
        var other = await AskAsync(change: r => r.Rule = "Another rule");

        var result = await DecideAsync(
            _desk.Approve(new ApprovalSelection(Filter: new ApprovalFilter(Rule: "Ask first")))
        );

        Assert.Equal(matching.Length, result.Value.Decided);
        Assert.Equal(ApprovalStatus.Pending, (await RequestAsync(other.Id)).Status);
        Assert.Equal(
            matching.Length,
            await _db.ReadAsync(db => db.ApprovalRequests.CountAsync(r => r.Message != null))
        );
    }

    [Fact]
    public async Task Many_at_once_leave_out_what_others_decided_and_what_cannot_be_rendered()
    {
        var good = await AskAsync();
        var gone = await AskAsync();
        var unreadable = await AskAsync(with: t => t.Context.Template = "no_such_template");
        await DecideAsync(_desk.Reject(ApprovalSelection.One(gone.Id), "No."));

        var result = await DecideAsync(
            _desk.Approve(new ApprovalSelection([good.Id, gone.Id, unreadable.Id]))
        );

        Assert.Equal(new ApprovalsDecided(1, Gone: 1, Unreadable: 1), result.Value);
        var alone = await DecideAsync(_desk.Approve(ApprovalSelection.One(unreadable.Id)));
        Assert.Contains("no_such_template", alone.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_four_eyes_nobody_approves_a_contact_they_asked_for()
    {
        var customer = Some.Customer();
        await _db.AddAsync(customer, Some.Profile(customer), Some.Invoice(customer));
        var asker = Officer("olga", "Olga", Roles.Administrator);
        var made = await _runner.RunAsync(
            new CreateManualTask(customer.Id, Channel.Email, "friendly_reminder"),
            asker
        );
        var task = await TaskAsync(made.Value);
        var request = Some.Approval(task);
        await _db.AddAsync(request);
        _runner = new CommandRunner(_db.Factory, _clock, new FourEyes());
        var one = ApprovalSelection.One(request.Id);

        var own = await DecideAsync(_desk.Approve(one), asker);
        var other = await DecideAsync(_desk.Approve(one), Officer("otto", "Otto"));

        Assert.Contains("another officer", own.Error!.Message, StringComparison.Ordinal);
        Assert.True(other.Succeeded);
    }

    [Fact]
    public async Task A_message_that_changed_while_somebody_looked_is_not_approved_unseen()
    {
        var request = await AskAsync();
        var messages = ApprovalDesks.Messages(_clock);
        var seen = await _db.ReadAsync(async db =>
            (await messages.RenderAsync(db, [request.TaskId], CancellationToken.None))[
                request.TaskId
            ]
        );
        await _db.DataSource.ExecuteAsync("UPDATE templates SET content = 'Pay at once.'");

        var result = await DecideAsync(
            _desk.Approve(ApprovalSelection.One(request.Id), seenKey: seen.Value.Key)
        );

        Assert.Contains(
            "changed while you looked",
            result.Error!.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(ApprovalStatus.Pending, (await RequestAsync(request.Id)).Status);
    }

    private async Task<ApprovalRequest> AskAsync(
        Domain.Customers.Customer? of = null,
        Campaign? campaign = null,
        Action<AgentTask>? with = null,
        Action<ApprovalRequest>? change = null
    )
    {
        var customer = of ?? Some.Customer();
        if (of is null)
        {
            await _db.AddAsync(customer, Some.Profile(customer), Some.Invoice(customer));
        }

        var task = Some.Task(customer, campaign, with);
        var request = Some.Approval(task, change);
        await _db.AddAsync(task, request);
        return request;
    }

    private Task<Result<ApprovalsDecided>> DecideAsync(
        ICommand<ApprovalsDecided> command,
        Actor? actor = null
    ) => _runner.RunAsync(command, actor ?? Officer());

    private static Actor Officer(
        string id = "olga",
        string name = "Olga",
        string role = Roles.ComplianceOfficer
    ) => new(ActorType.User, id, name, new HashSet<string> { role });

    private Task<ApprovalRequest> RequestAsync(Guid id) =>
        _db.ReadAsync(db => db.ApprovalRequests.AsNoTracking().SingleAsync(r => r.Id == id));

    private Task<AgentTask> TaskAsync(Guid id) =>
        _db.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync(t => t.Id == id));

    private Task<List<string>> AuditedAsync(string action) =>
        _db.ReadAsync(db =>
            db.AuditLogs.Where(a => a.Action == action)
                .OrderBy(a => a.EntityType)
                .Select(a => a.EntityType)
                .ToListAsync()
        );

    private sealed class FourEyes : IOptionsMonitor<ComplianceOptions>
    {
        public ComplianceOptions CurrentValue { get; } = new() { FourEyes = true };

        public ComplianceOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<ComplianceOptions, string?> listener) => null;
    }
}
