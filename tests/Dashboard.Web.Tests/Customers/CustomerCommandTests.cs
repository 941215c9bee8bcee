using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Customers;
using Dashboard.Web.Features.Customers.Commands;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Web.Tests.Customers;

public sealed class CustomerCommandTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly Actor s_manager = new(
        ActorType.User,
        "dana",
        "Dana",
        new HashSet<string> { Roles.CollectionsManager }
    );

    private CommandRunner Runner => new(fixture.Database.Factory, TimeProvider.System);

    [Fact]
    public async Task Saving_over_a_change_of_somebody_else_is_refused_and_names_it()
    {
        var id = (await Runner.RunAsync(new SaveCustomer(Input("first")), s_manager)).Value;
        var seen = await ReadAsync(id);
        var theirs = CustomerInput.From(seen);
        theirs.Phone = "+1 303 555 0199";
        await Runner.RunAsync(
            new SaveCustomer(theirs, id, seen.UpdatedAt, seen.Profile!.UpdatedAt),
            s_manager
        );
        var mine = CustomerInput.From(seen);
        mine.ContactName = "Somebody Else";

        var result = await Runner.RunAsync(
            new SaveCustomer(mine, id, seen.UpdatedAt, seen.Profile.UpdatedAt),
            s_manager
        );

        Assert.Equal("conflict", result.Error?.Code);
        Assert.Contains("+1 303 555 0199", result.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("Ada Field", (await ReadAsync(id)).ContactName);
    }

    [Fact]
    public async Task Faults_name_their_field()
    {
        var input = Input("faults");
        (input.CompanyName, input.Email, input.Timezone, input.Phone) = (
            " ",
            "not an address",
            "Mars/Base",
            "12"
        );

        var fields = input.Check().Select(f => f.Field);
        await Runner.RunAsync(new SaveCustomer(Input("taken")), s_manager);
        var twice = await Runner.RunAsync(new SaveCustomer(Input("taken")), s_manager);

        Assert.Equal(
            [
                nameof(input.CompanyName),
                nameof(input.Email),
                nameof(input.Phone),
                nameof(input.Timezone),
            ],
            fields
        );
        Assert.Equal(nameof(input.Email), twice.Error?.Field);
    }

    [Fact]
    public async Task A_customer_with_a_running_campaign_stays_and_a_deleted_one_comes_back()
    {
        var chased = Some.Customer();
        var quiet = Some.Customer();
        await fixture.Database.AddAsync(chased, quiet, Some.Campaign(chased));

        var refused = await Runner.RunAsync(new DeleteCustomer(chased.Id), s_manager);
        var deleted = await Runner.RunAsync(new DeleteCustomer(quiet.Id), s_manager);
        Assert.NotNull((await ReadAsync(quiet.Id)).DeletedAt);
        var restored = await Runner.RunAsync(new DeleteCustomer(quiet.Id, false), s_manager);

        Assert.Equal("illegal_transition", refused.Error?.Code);
        Assert.True(deleted.Succeeded && restored.Succeeded);
        Assert.Null((await ReadAsync(quiet.Id)).DeletedAt);
    }

    [Fact]
    public async Task A_note_stands_on_the_timeline_with_its_author_and_older_lines_follow_without_overlap()
    {
        var customer = Some.Customer();
        var agent = Some.Agent();
        var task = Some.Task(customer);
        await fixture.Database.AddAsync(customer, agent, task);
        await fixture.Database.AddAsync([
            .. Enumerable
                .Range(1, 12)
                .Select(i => Some.Attempt(task, agent, a => a.Timestamp = Some.Now.AddDays(-i))),
        ]);
        await Runner.RunAsync(new AddNote(customer.Id, "Called back, pays on Friday."), s_manager);
        var query = new TimelineQuery(fixture.Database.Factory);

        var first = await query.RunAsync(customer.Id, null, 8, CancellationToken.None);
        var older = await query.RunAsync(customer.Id, first.Events[^1], 8, CancellationToken.None);

        var note = Assert.Single(first.Events, e => e.Kind == TimelineKind.Note);
        Assert.Equal("Called back, pays on Friday., – dana", TimelineWording.Detail(note));
        Assert.True(first.HasOlder);
        Assert.Empty(first.Events.Select(e => e.Id).Intersect(older.Events.Select(e => e.Id)));
        Assert.Equal(
            12,
            first.Events.Concat(older.Events).Count(e => e.Kind == TimelineKind.Contact)
        );
    }

    private static CustomerInput Input(string name) =>
        new()
        {
            CompanyName = name,
            ContactName = "Ada Field",
            Email = $"{name}@customer.example",
            Timezone = "America/Denver",
        };

    private Task<Domain.Customers.Customer> ReadAsync(Guid id) =>
        fixture.Database.ReadAsync(db =>
            db.Customers.AsNoTracking().Include(c => c.Profile).SingleAsync(c => c.Id == id)
        );
}
