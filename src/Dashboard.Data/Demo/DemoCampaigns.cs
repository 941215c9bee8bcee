using Bogus;
using Dashboard.Data.Campaigns;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Dashboard.Domain.Payments;
using Dashboard.Domain.Tasks;

namespace Dashboard.Data.Demo;

/// <summary>
/// Plays the escalation of every customer forward through the past year, through the real gate: no demo contact breaks a
/// rule, and each one carries the clearance that the gate gave it.
/// </summary>
internal sealed class DemoCampaigns(DemoWorld world, Randomizer random, DemoContacts contacts)
{
    /// <summary>A campaign begins when an invoice has been overdue for so many days.</summary>
    private const int GraceDays = 3;

    /// <summary>Days of history; older overdue invoices were chased before this product came.</summary>
    private const int HistoryDays = 210;

    /// <summary>Plays them all.</summary>
    public void Write()
    {
        foreach (var customer in world.Book)
        {
            var day = world.Today.AddDays(-HistoryDays);
            while (FirstOverdue(customer, day) is { } start && start <= world.Today)
            {
                day = Play(customer, start).AddDays(1);
            }
        }
    }

    /// <summary>The first day on or after <paramref name="from"/> with an invoice past its grace.</summary>
    private static DateOnly? FirstOverdue(DemoCustomer customer, DateOnly from) =>
        customer
            .Invoices.Where(i => i.Status != PaymentStatus.Cancelled)
            .Select(i => i.DueDate.AddDays(GraceDays) is var due && due < from ? from : due)
            .Where(day => customer.OverdueOn(day).Count > 0)
            .Cast<DateOnly?>()
            .Min();

    /// <summary>One campaign until it is paid, used up or has reached the present; the day it ended.</summary>
    private DateOnly Play(DemoCustomer customer, DateOnly day)
    {
        var start = day.ToDateTime(
            new TimeOnly(random.Int(7, 18), random.Int(0, 59)),
            DateTimeKind.Utc
        );
        if (start >= world.Now || customer.Profile.DoNotContact == true)
        {
            return world.Today;
        }

        var campaign = Create(customer, start);
        world.Campaigns.Add(campaign);
        world.NoteStatus("campaign", campaign.Id, start, "collections", "draft", "active");
        var at = start;
        foreach (var step in campaign.EscalationSteps)
        {
            at = at.AddHours(step.DelayHours).AddMinutes(random.Int(0, 50));
            var paid = customer.OverdueOn(DateOnly.FromDateTime(Earlier(at, world.Now))).Count == 0;
            if (paid)
            {
                return Complete(customer, campaign, Earlier(at, world.Now), step.StepNumber - 1);
            }

            if (at >= world.Now)
            {
                Wait(campaign, step.StepNumber, at);
                return world.Today;
            }

            var outcome = contacts.Play(customer, campaign, step, at);
            if (outcome is not { } ended)
            {
                campaign.CurrentStep = step.StepNumber - 1;
                Finish(campaign);
                return world.Today;
            }

            campaign.CurrentStep = step.StepNumber;
            if (ended.Replied && Hold(customer, campaign, ended))
            {
                return world.Today;
            }

            at = ended.At;
        }

        return Complete(
            customer,
            campaign,
            Earlier(at.AddDays(5), world.Now),
            campaign.EscalationSteps.Count
        );
    }

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;

    private Campaign Create(DemoCustomer customer, DateTime start) =>
        new()
        {
            Id = DemoWorld.NewId(start),
            Name = $"{customer.Customer.CompanyName}: overdue invoices",
            CustomerId = customer.Customer.Id,
            Status = CampaignStatus.Active,
            EscalationSteps = StandardSteps.Create(),
            StartDate = start,
            Config = new CampaignConfig { Timezone = customer.Profile.Timezone },
            CreatedAt = start,
            UpdatedAt = start,
        };

    /// <summary>The next step is in the future: the running engine takes over from here.</summary>
    private void Wait(Campaign campaign, int step, DateTime due)
    {
        // Steps that would fall due together are spread, so that something happens every minute or two from the start.
        var spread = world.Now.AddMinutes(random.Double(0.5, 120));
        world.Schedules.Add(
            new CampaignSchedule
            {
                CampaignId = campaign.Id,
                DueAt = random.Bool(0.6f) ? Earlier(due, spread) : due,
                StepNumber = step,
            }
        );
        Finish(campaign);
    }

    private DateOnly Complete(DemoCustomer customer, Campaign campaign, DateTime at, int step)
    {
        campaign.CurrentStep = step;
        campaign.Status = CampaignStatus.Completed;
        campaign.EndDate = at;
        campaign.UpdatedAt = at;
        world.NoteStatus("campaign", campaign.Id, at, "engine", "active", "completed");
        var from = DateOnly.FromDateTime(campaign.StartDate);
        var until = DateOnly.FromDateTime(at);
        var paid = customer
            .Invoices.Where(i =>
                i.PaidDate >= from && i.PaidDate <= until && i.DueDate < i.PaidDate
            )
            .ToList();
        Finish(campaign);
        campaign.Results!.PaymentsReceived = paid.Count;
        campaign.Results.TotalAmountCollected = paid.Sum(i => i.Amount);
        campaign.Results.AverageCollectionDays =
            paid.Count == 0
                ? null
                : Math.Round(
                    (decimal)paid.Average(i => i.PaidDate!.Value.DayNumber - from.DayNumber),
                    1
                );
        return until;
    }

    /// <summary>A reply from long ago was dealt with; a recent one waits for an operator.</summary>
    private bool Hold(DemoCustomer customer, Campaign campaign, PlayedStep step)
    {
        var open = step.At > world.Now.AddDays(-2);
        contacts.FollowUp(customer, campaign, step, open);
        if (!open)
        {
            return false;
        }

        campaign.Status = CampaignStatus.Paused;
        campaign.UpdatedAt = step.At;
        world.NoteStatus("campaign", campaign.Id, step.At, "engine", "active", "paused");
        Finish(campaign);
        return true;
    }

    private void Finish(Campaign campaign)
    {
        var attempts = world.Attempts.FindAll(a => a.CampaignId == campaign.Id);
        campaign.Results = new CampaignResults
        {
            TotalContacts = attempts.Count,
            SuccessfulContacts = attempts.Count(a =>
                a.Status is not (ContactStatus.Bounced or ContactStatus.Failed)
            ),
            Channels =
            [
                .. attempts
                    .GroupBy(a => a.Channel)
                    .Select(g => new ChannelResult
                    {
                        Channel = g.Key,
                        Attempts = g.Count(),
                        Delivered = g.Count(a =>
                            a.Status
                                is not (
                                    ContactStatus.Sent
                                    or ContactStatus.Bounced
                                    or ContactStatus.Failed
                                )
                        ),
                        Responses = g.Count(a =>
                            a.Status is ContactStatus.Replied or ContactStatus.Answered
                        ),
                    }),
            ],
            Steps =
            [
                .. world
                    .Tasks.FindAll(t =>
                        t.CampaignId == campaign.Id
                        && t.CompletedAt is not null
                        && t.Context.StepNumber is not null
                    )
                    .Select(t => new StepResult
                    {
                        StepNumber = t.Context.StepNumber!.Value,
                        Outcome = t.Status.ToText(),
                        Reason = t.Status == AgentTaskStatus.Completed ? null : t.Context.Reason,
                        At = t.CompletedAt!.Value,
                    }),
            ],
        };
    }
}

/// <summary>How one step of a demo campaign ended.</summary>
internal readonly record struct PlayedStep(DateTime At, bool Replied, Guid? AttemptId);
