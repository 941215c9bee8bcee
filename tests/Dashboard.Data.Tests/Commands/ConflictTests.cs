using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Results;
using Dashboard.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Dashboard.Data.Tests.Commands;

public sealed class ConflictTests : IAsyncLifetime
{
    private readonly Customer _customer = Some.Customer(c => c.Phone = "+1 212 555 0100");
    private TestDatabase _db = null!;
    private CommandRunner _runner = null!;
    private DateTime _seen;

    public async ValueTask InitializeAsync()
    {
        _db = await TestDatabase.CreateAsync();
        _runner = new CommandRunner(_db.Factory, TimeProvider.System);
        await _db.AddAsync(_customer);
        _seen = (await CustomerAsync()).UpdatedAt;
    }

    public ValueTask DisposeAsync() => _db.DisposeAsync();

    [Fact]
    public async Task The_message_says_what_changed_meanwhile_by_whom_and_when()
    {
        var rival = new OperatorUser { Id = Guid.CreateVersion7(), DisplayName = "Ana Prado" };
        await _db.AddAsync(rival);
        await _runner.RunAsync(
            Edit(c => c.Phone = "+1 212 555 0199", _seen),
            Actors.Operator(Roles.CollectionsManager, rival.Id)
        );

        var result = await _runner.RunAsync(
            Edit(c => c.ContactName = "Mine", _seen),
            Actors.Manager
        );

        Assert.Equal("conflict", result.Error!.Code);
        Assert.Contains(
            "phone is now +1 212 555 0199 (you saw +1 212 555 0100)",
            result.Error.Message,
            StringComparison.Ordinal
        );
        Assert.Matches(@"by Ana Prado at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", result.Error.Message);
        Assert.Equal("Ada Field", (await CustomerAsync()).ContactName);
        Assert.Equal("refused", await LastActionAsync());
    }

    [Fact]
    public async Task A_change_by_a_writer_that_leaves_no_audit_row_is_a_conflict_too()
    {
        await _db.DataSource.ExecuteAsync("UPDATE customers SET phone = '1'");

        var result = await _runner.RunAsync(Edit(c => c.Phone = "2", _seen), Actors.Manager);

        Assert.Equal("conflict", result.Error!.Code);
        Assert.Matches(
            @"^This customer was changed meanwhile at \d{4}-\d\d-\d\d [\d:]+ UTC\.",
            result.Error.Message
        );
        Assert.Equal("1", (await CustomerAsync()).Phone);
    }

    [Fact]
    public async Task A_row_deleted_meanwhile_is_named_as_deleted()
    {
        var result = await _runner.RunAsync(
            Edit(
                c => c.Phone = "2",
                _seen,
                meanwhile: () => _db.DataSource.ExecuteAsync("DELETE FROM customers")
            ),
            Actors.Manager
        );

        Assert.Equal(
            "This customer was deleted meanwhile. Nothing was changed.",
            result.Error!.Message
        );
    }

    [Fact]
    public async Task Without_a_version_seen_a_row_that_changed_is_read_again()
    {
        var tries = 0;

        var result = await _runner.RunAsync(
            Edit(
                c => c.ContactName = "Mine",
                seen: null,
                meanwhile: async () =>
                {
                    if (++tries == 1)
                    {
                        await _db.DataSource.ExecuteAsync("UPDATE customers SET phone = '1'");
                    }
                }
            ),
            Actors.Manager
        );

        Assert.Null(result.Error);
        Assert.Equal(2, tries);
        var customer = await CustomerAsync();
        Assert.Equal("1", customer.Phone);
        Assert.Equal("Mine", customer.ContactName);
    }

    private Probe<Nothing> Edit(
        Action<Customer> change,
        DateTime? seen,
        Func<Task>? meanwhile = null
    ) =>
        new(
            _customer.Id,
            async (context, ct) =>
            {
                var customer = await context.Db.Customers.SingleAsync(
                    c => c.Id == _customer.Id,
                    ct
                );
                change(customer);
                if (seen is { } version)
                {
                    context.ExpectUnchanged(customer, version);
                }

                if (meanwhile is not null)
                {
                    await meanwhile();
                }

                return default(Nothing);
            },
            "customer"
        );

    private Task<Customer> CustomerAsync() =>
        _db.ReadAsync(db => db.Customers.AsNoTracking().SingleAsync(c => c.Id == _customer.Id));

    private Task<string> LastActionAsync() =>
        _db.ReadAsync(db =>
            db.AuditLogs.OrderByDescending(a => a.Id).Select(a => a.Action).FirstAsync()
        );
}
