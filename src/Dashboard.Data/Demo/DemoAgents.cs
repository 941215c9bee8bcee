using Bogus;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;

namespace Dashboard.Data.Demo;

/// <summary>The demo company's agents.</summary>
internal static class DemoAgents
{
    /// <summary>Fills <see cref="DemoWorld.Agents"/>.</summary>
    public static void Write(DemoWorld world, Randomizer random)
    {
        Add(world, random, "E-mail 1", AgentType.Email, 20);
        Add(world, random, "E-mail 2", AgentType.Email, 20);
        Add(world, random, "E-mail 3", AgentType.Email, 10);
        Add(world, random, "Text 1", AgentType.Sms, 10);
        Add(world, random, "Text 2", AgentType.Sms, 10);
        Add(world, random, "Voice 1", AgentType.Phone, 6);
        Add(world, random, "Voice 2", AgentType.Phone, 6);
        Add(world, random, "Voice 3, east", AgentType.Phone, 4, ("America/New_York", 8, 20));
        Add(world, random, "Voice 4, west", AgentType.Phone, 4, ("America/Los_Angeles", 8, 20));
        Add(world, random, "Voice 5, Europe", AgentType.Phone, 4, ("Europe/London", 8, 19));
        Add(world, random, "Voice 6, Pacific", AgentType.Phone, 4, ("Australia/Sydney", 8, 19));
        Add(world, random, "Research 1", AgentType.Research, 3);
    }

    /// <summary>The agent that would have taken a contact.</summary>
    public static Agent For(DemoWorld world, Channel channel, Randomizer random) =>
        random.ListItem(world.Agents.FindAll(a => a.Type == TypeOf(channel)));

    private static AgentType TypeOf(Channel channel) =>
        channel switch
        {
            Channel.Email => AgentType.Email,
            Channel.Sms => AgentType.Sms,
            _ => AgentType.Phone,
        };

    private static void Add(
        DemoWorld world,
        Randomizer random,
        string name,
        AgentType type,
        int capacity,
        (string Zone, int From, int To)? shift = null
    )
    {
        var since = world.Now.AddDays(-410).AddMinutes(random.Int(0, 600));
        world.Agents.Add(
            new Agent
            {
                Id = DemoWorld.NewId(since),
                Type = type,
                Status = AgentStatus.Idle,
                Capabilities = [TaskTypes.Of(type).ToText()],
                MaxConcurrentTasks = capacity,
                WorkingHoursStart = shift is { } s ? new TimeOnly(s.From, 0) : null,
                WorkingHoursEnd = shift is { } e ? new TimeOnly(e.To, 0) : null,
                Timezone = shift?.Zone ?? "UTC",
                Config = new AgentConfig { Name = name, Seat = AgentSeat.Software },
                PerformanceMetrics = new AgentPerformance(),
                CreatedAt = since,
                UpdatedAt = since,
                LastActiveAt = world.Now,
            }
        );
    }
}
