using Dashboard.Data.Mapping;
using Dashboard.Domain.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dashboard.Data.Contacts;

/// <summary>
/// What the simulated provider has taken (<c>ops.simulated_messages</c>): its own memory, written outside our transactions,
/// so that it can be asked after a crash whether a message left, and shows a message that was handed over twice.
/// </summary>
public sealed class SimulatedMessage
{
    /// <summary>The idempotency key: the attempt's id.</summary>
    public Guid Id { get; set; }

    /// <summary>How it went.</summary>
    public Channel Channel { get; set; }

    /// <summary>UTC.</summary>
    public DateTime AcceptedAt { get; set; }

    /// <summary>How often it was handed over; only the first time counts.</summary>
    public int Sends { get; set; }
}

/// <summary>No reference to the attempt: a provider keeps its own books.</summary>
internal sealed class SimulatedMessageConfiguration : IEntityTypeConfiguration<SimulatedMessage>
{
    public void Configure(EntityTypeBuilder<SimulatedMessage> builder)
    {
        builder.ToTable("simulated_messages", DashboardDb.OpsSchema);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.HasWords(m => m.Channel, 20);
    }
}
