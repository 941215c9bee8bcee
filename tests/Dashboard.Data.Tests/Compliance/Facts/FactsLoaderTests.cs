using Dashboard.Data.Compliance.Facts;
using Dashboard.Data.Contacts;
using Dashboard.Data.Customers;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Compliance;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Customers;
using Dashboard.Domain.OptOuts;
using Dashboard.Domain.Payments;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Data.Tests.Compliance.Facts;

public sealed class FactsLoaderTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan s_month = TimeSpan.FromDays(30);

    [Fact]
    public async Task Everything_the_gate_looks_at_is_loaded()
    {
        var customer = Some.Customer(c => c.Mobile = c.Phone = null);
        var invoice = Some.Invoice(customer);
        var paid = Some.Invoice(customer, i => i.Status = PaymentStatus.Paid);
        await fixture.Database.AddAsync(
            customer,
            Some.Profile(
                customer,
                p =>
                {
                    p.ContactRestrictions = ["phone"];
                    p.PreferredContactTimeStart = new TimeOnly(9, 0);
                    p.PreferredContactTimeEnd = new TimeOnly(17, 0);
                }
            ),
            invoice,
            paid,
            new ContactPreferences
            {
                CustomerId = customer.Id,
                OtherTimezones = ["America/Denver"],
                NoticeSentOn = new DateOnly(2026, 5, 1),
            },
            Some.OptOut(customer, o => o.ExpiresAt = Some.Now.AddHours(-1)),
            Consent(customer, ConsentKind.Channel, Channel.Sms),
            Consent(
                customer,
                ConsentKind.Prior,
                Channel.Phone,
                c => c.PaymentRecordId = invoice.Id
            ),
            Consent(customer, ConsentKind.Prior, Channel.Email, c => c.RevokedAt = Some.Now)
        );

        var sheet = await LoadAsync(customer);

        var facts = sheet.Facts;
        Assert.Equal("America/New_York", facts.Timezone);
        Assert.Equal(["America/Denver"], facts.OtherTimezones);
        Assert.Equal(new DateOnly(2026, 5, 1), facts.NoticeSentOn);
        Assert.Equal(["phone"], facts.ContactRestrictions);
        Assert.Equal(new PreferredWindow(new(9, 0), new(17, 0)), facts.PreferredWindow);
        Assert.Equal(
            new OptOutFact(OptOutChannel.Email, Some.Now.AddDays(-1), Some.Now.AddHours(-1)),
            Assert.Single(facts.OptOuts)
        );
        Assert.Equal(
            new ChannelConsent(Channel.Sms, Some.Now.AddDays(-2)),
            Assert.Single(facts.Consents)
        );
        Assert.Equal(
            new PriorConsent(Channel.Phone, invoice.Id.ToString(), Some.Now.AddDays(-2)),
            Assert.Single(facts.PriorConsents)
        );
        Assert.Equal([invoice.Id.ToString()], sheet.Debts);
        Assert.Equal(
            (true, false, false),
            (sheet.Reaches(Channel.Email), sheet.Reaches(Channel.Phone), sheet.Reaches(Channel.Sms))
        );
        Assert.False(sheet.IsDeleted);
    }

    [Fact]
    public async Task A_call_that_came_in_is_a_conversation_unless_nobody_spoke()
    {
        var customer = Some.Customer();
        await fixture.Database.AddAsync(
            customer,
            Inbound(customer, Channel.Phone, null),
            Inbound(customer, Channel.Phone, 0),
            Inbound(customer, Channel.Sms, null),
            Inbound(customer, Channel.Phone, 60, Some.Now.AddDays(-40))
        );

        var history = (await LoadAsync(customer)).History;

        Assert.Equal(3, history.Count);
        Assert.All(history, c => Assert.True(c.Inbound));
        Assert.Equal(
            [true, false, false],
            history
                .OrderBy(c => c.Channel)
                .ThenBy(c => c.DurationSeconds is not null)
                .Select(c => c.IsConversation)
        );
    }

    [Fact]
    public async Task Contacts_whose_result_is_not_known_are_told_apart()
    {
        var customer = Some.Customer();
        var task = Some.Task(customer);
        var agent = Some.Agent();
        await fixture.Database.AddAsync(
            customer,
            task,
            agent,
            Some.Attempt(task, agent, With(Channel.Phone, Delivery.Confirmed)),
            Some.Attempt(task, agent, With(Channel.Phone, Delivery.Unconfirmed)),
            Some.Attempt(task, agent, With(Channel.Email, Delivery.Accepted))
        );
        var before = await LoadAsync(customer);
        await fixture.Database.AddAsync(
            Some.Attempt(task, agent, With(Channel.Phone, Delivery.Reserved))
        );
        var after = await LoadAsync(customer);

        Assert.Equal((1, false), (before.Uncertain.Count, before.IsCallInFlight));
        Assert.Equal((2, true), (after.Uncertain.Count, after.IsCallInFlight));
    }

    [Fact]
    public async Task A_campaign_with_a_long_memory_gets_its_own_contacts_from_further_back()
    {
        var customer = Some.Customer();
        var patient = Some.Campaign(
            customer,
            with: c => c.Config = new CampaignConfig { CooldownHours = 24 * 60 }
        );
        var other = Some.Campaign(customer);
        var (task, otherTask) = (Some.Task(customer, patient), Some.Task(customer, other));
        var agent = Some.Agent();
        await fixture.Database.AddAsync(
            customer,
            patient,
            other,
            task,
            otherTask,
            agent,
            Some.Attempt(task, agent, a => a.Timestamp = Some.Now.AddDays(-50)),
            Some.Attempt(otherTask, agent, a => a.Timestamp = Some.Now.AddDays(-50))
        );

        var sheet = await LoadAsync(customer);

        Assert.Single(sheet.History);
        Assert.Single(sheet.OfCampaign(patient.Id));
        Assert.Empty(sheet.OfCampaign(other.Id));
        Assert.Empty(sheet.OfCampaign(null));
    }

    private async Task<FactSheet> LoadAsync(Customer customer)
    {
        await using var connection = await fixture.Database.DataSource.OpenConnectionAsync();
        var all = await FactsLoader.LoadAsync(
            connection,
            [customer.Id],
            s_month,
            Some.Now,
            CancellationToken.None
        );
        return all[customer.Id];
    }

    private static Action<ContactAttempt> With(Channel channel, Delivery delivery) =>
        a =>
        {
            a.Channel = channel;
            a.Metadata = new ContactMetadata { Delivery = delivery };
        };

    private static Consent Consent(
        Customer customer,
        ConsentKind kind,
        Channel channel,
        Action<Consent>? with = null
    )
    {
        var consent = new Consent
        {
            Id = Guid.CreateVersion7(),
            CustomerId = customer.Id,
            Kind = kind,
            Channel = channel,
            GivenAt = Some.Now.AddDays(-2),
            Source = "call",
        };
        with?.Invoke(consent);
        return consent;
    }

    private static InboundContact Inbound(
        Customer customer,
        Channel channel,
        int? seconds,
        DateTime? at = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            CustomerId = customer.Id,
            Channel = channel,
            Sender = "+12125550100",
            ReceivedAt = at ?? Some.Now.AddDays(-1),
            Duration = seconds,
        };
}
