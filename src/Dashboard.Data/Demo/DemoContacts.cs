using System.Text.Json;
using Bogus;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Demo;

/// <summary>Makes the tasks and contacts of one step.</summary>
internal sealed class DemoContacts(DemoWorld world, Randomizer random, RuleSet rules)
{
    /// <summary>
    /// Plays a step that fell due at <paramref name="due"/>. Null when it reaches the present undone: its task then waits in
    /// the queue with the gate's findings.
    /// </summary>
    public PlayedStep? Play(
        DemoCustomer customer,
        Campaign campaign,
        EscalationStep step,
        DateTime due
    )
    {
        var channel = EnumText.Parse<Channel>(step.Channel.ToText());
        var task = MakeTask(customer, campaign, step, due);
        world.Tasks.Add(task);
        var at = due;
        while (true)
        {
            var debts = customer
                .OverdueOn(DateOnly.FromDateTime(at))
                .Select(i => i.Id.ToString("D"))
                .ToList();
            var request = new ContactRequest(channel, at, debts);
            var decision = ComplianceGate.Evaluate(customer.Facts, rules, request);
            if (decision.Verdict is not (GateVerdict.Allowed or GateVerdict.AllowedWithWarning))
            {
                if (decision.NextAllowedAt is { } next && next < world.Now)
                {
                    at = next.AddSeconds(random.Int(2, 2400));
                    continue;
                }

                return decision.NextAllowedAt is null && customer.Profile.Timezone is not null
                    ? Skip(task, decision, at)
                    : Blocked(task, decision, at);
            }

            if (at >= world.Now)
            {
                return Blocked(
                    task,
                    decision with
                    {
                        Verdict = GateVerdict.Allowed,
                        NextAllowedAt = null,
                    },
                    world.Now
                );
            }

            var attempt = MakeAttempt(customer, campaign, task, request, decision);
            if (Ended(task, step, attempt))
            {
                return Close(task, attempt);
            }

            at = at.AddHours(3).AddMinutes(random.Int(0, 90));
        }
    }

    /// <summary>A person looks at what the customer replied.</summary>
    public void FollowUp(DemoCustomer customer, Campaign campaign, PlayedStep step, bool open)
    {
        var reply = world.Attempts.Find(a => a.Id == step.AttemptId)?.Response;
        var task = new AgentTask
        {
            Id = DemoWorld.NewId(step.At),
            Type = TaskType.FollowUp,
            Priority = TaskPriority.High,
            CustomerId = customer.Customer.Id,
            CampaignId = campaign.Id,
            Status = open ? AgentTaskStatus.Pending : AgentTaskStatus.Completed,
            MaxAttempts = 1,
            DueAt = step.At,
            StartedAt = open ? null : step.At.AddMinutes(random.Int(5, 300)),
            CreatedAt = step.At,
            UpdatedAt = step.At,
            Context = new TaskContext
            {
                Reason = $"The customer replied: {reply}",
                Outcome = open ? null : "answered by an operator",
            },
        };
        task.CompletedAt = task.StartedAt?.AddMinutes(random.Int(2, 25));
        world.Tasks.Add(task);
    }

    private AgentTask MakeTask(
        DemoCustomer customer,
        Campaign campaign,
        EscalationStep step,
        DateTime due
    ) =>
        new()
        {
            Id = DemoWorld.NewId(due),
            Type = step.Channel switch
            {
                StepChannel.Sms => TaskType.SendSms,
                StepChannel.Phone => TaskType.MakeCall,
                _ => TaskType.SendEmail,
            },
            Priority = step.Priority,
            CustomerId = customer.Customer.Id,
            CampaignId = campaign.Id,
            Status = AgentTaskStatus.Pending,
            MaxAttempts = step.MaxAttempts,
            DueAt = due,
            CreatedAt = due,
            UpdatedAt = due,
            Context = new TaskContext
            {
                StepNumber = step.StepNumber,
                Channel = step.Channel,
                Template = step.Template,
                Reason = $"Step {step.StepNumber} of the campaign",
            },
        };

    /// <summary>The gate will never allow it (an opt-out, a channel to avoid): the step is left out.</summary>
    private PlayedStep? Skip(AgentTask task, GateDecision decision, DateTime at)
    {
        Blocked(task, decision, at);
        task.Status = AgentTaskStatus.Cancelled;
        task.DueAt = at;
        task.CompletedAt = task.UpdatedAt = at;
        task.Context.Gate!.EvaluatedAt = at;
        task.Context.Reason = decision.Binding?.Explanation;
        task.Context.Outcome = "blocked";
        return new PlayedStep(at, false, null);
    }

    private PlayedStep? Blocked(AgentTask task, GateDecision decision, DateTime at)
    {
        task.DueAt = decision.NextAllowedAt ?? (at > world.Now ? at : world.Now);
        task.Context.Gate = new TaskGate
        {
            Decision = decision.Verdict.ToText(),
            NextAllowedAt = decision.NextAllowedAt,
            EvaluatedAt = world.Now,
            Explanation = decision.Binding?.Explanation,
            Findings = JsonSerializer.SerializeToElement(decision.Findings, JsonShape.Options),
        };
        return null;
    }

    private ContactAttempt MakeAttempt(
        DemoCustomer customer,
        Campaign campaign,
        AgentTask task,
        ContactRequest request,
        GateDecision decision
    )
    {
        var id = DemoWorld.NewId(request.At);
        var agent = DemoAgents.For(world, request.Channel, random);
        var (status, seconds, response) = DemoOutcome.Pick(
            random,
            request.Channel,
            customer.Temper
        );
        var attempt = new ContactAttempt
        {
            Id = id,
            TaskId = task.Id,
            AgentId = agent.Id,
            CustomerId = task.CustomerId,
            CampaignId = campaign.Id,
            Channel = request.Channel,
            Status = status,
            Timestamp = request.At,
            Duration = seconds,
            Response = response,
            CreatedAt = request.At,
            Metadata = new ContactMetadata
            {
                Provider = "simulated",
                Delivery = Delivery.Confirmed,
                IdempotencyKey = id.ToString("D"),
                Clearance = Clearance(customer.Facts, decision, request),
                EmailId = request.Channel == Channel.Email ? $"{id:N}@demo.invalid" : null,
                CallSid = request.Channel == Channel.Phone ? $"SIM{id:N}" : null,
                SmsId = request.Channel == Channel.Sms ? $"SIM{id:N}" : null,
                Failure = status is ContactStatus.Bounced ? "550 mailbox unavailable" : null,
            },
        };
        world.Attempts.Add(attempt);
        customer.History.Add(
            new PastContact(request.Channel, request.At, status, request.Debts, seconds)
        );
        customer.Profile.LastContactDate = request.At;
        task.Attempts++;
        task.AssignedAgentId = agent.Id;
        task.StartedAt ??= request.At;
        var metrics = agent.PerformanceMetrics!;
        metrics.AvgResponseTime ??= Math.Round((decimal)random.Double(1, 9), 1);
        return attempt;
    }

    /// <summary>The evidence, in the shape the dispatcher writes (contracts.md, clearance).</summary>
    private static JsonElement Clearance(
        ContactFacts facts,
        GateDecision decision,
        ContactRequest request
    ) =>
        JsonSerializer.SerializeToElement(
            new
            {
                Decision = decision.Verdict,
                EvaluatedAt = request.At,
                request.Channel,
                request.Debts,
                facts.Timezone,
                facts.DoNotContact,
                facts.OptOuts,
                AttemptsSeen = facts.History.Count,
                decision.Findings,
            },
            JsonShape.Options
        );

    /// <summary>A call that nobody answered is tried again while the step has tries left.</summary>
    private static bool Ended(AgentTask task, EscalationStep step, ContactAttempt attempt) =>
        attempt.Channel != Channel.Phone
        || attempt.Status != ContactStatus.Sent
        || task.Attempts >= step.MaxAttempts;

    private PlayedStep Close(AgentTask task, ContactAttempt attempt)
    {
        var agent = world.Agents.Find(a => a.Id == attempt.AgentId)!;
        var failed = attempt.Status is ContactStatus.Failed or ContactStatus.Bounced;
        var metrics = agent.PerformanceMetrics!;
        metrics.TasksCompleted += failed ? 0 : 1;
        metrics.TasksFailed += failed ? 1 : 0;
        metrics.SuccessRate = Math.Round(
            (decimal)metrics.TasksCompleted / (metrics.TasksCompleted + metrics.TasksFailed),
            3
        );
        task.Status = failed ? AgentTaskStatus.Failed : AgentTaskStatus.Completed;
        task.CompletedAt = attempt.Timestamp.AddSeconds(attempt.Duration ?? random.Int(1, 20));
        task.UpdatedAt = task.CompletedAt.Value;
        task.Context.Outcome =
            attempt.Status == ContactStatus.Sent && attempt.Channel == Channel.Phone
                ? "no_answer"
                : attempt.Status.ToText();
        var replied = attempt.Status == ContactStatus.Replied;
        return new PlayedStep(task.CompletedAt.Value, replied, attempt.Id);
    }
}
