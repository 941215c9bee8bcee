using System.Globalization;
using Dashboard.Domain.Agents;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Components;

namespace Dashboard.Web.Features.Agents;

/// <summary>Agents in words and symbols.</summary>
internal static class AgentWording
{
    /// <summary>Material symbol of a type.</summary>
    public static string Icon(AgentType type) =>
        type switch
        {
            AgentType.Email => "mail",
            AgentType.Phone => "call",
            AgentType.Sms => "sms",
            _ => "travel_explore",
        };

    /// <summary>"E-mail", "Phone", "SMS", "Research".</summary>
    public static string Type(AgentType type) =>
        type switch
        {
            AgentType.Email => "E-mail",
            AgentType.Sms => "SMS",
            _ => StateLook.Words(type),
        };

    /// <summary>"Calling", "Writing to", …: a customer's name follows.</summary>
    public static string Doing(TaskType type) =>
        type switch
        {
            TaskType.SendEmail => "E-mailing",
            TaskType.MakeCall => "Calling",
            TaskType.SendSms => "Texting",
            TaskType.ResearchCustomer => "Researching",
            _ => "Working on",
        };

    /// <summary>What the agent does or why it does nothing.</summary>
    public static string State(AgentTile agent, DateTime now) =>
        (agent.Status, agent.Wish) switch
        {
            (AgentStatus.Error, _) =>
                $"Stopped after {agent.Failures} failures in a row. Resume gives it a fresh start.",
            (AgentStatus.Offline, _) => "No heartbeat; its tasks go to others.",
            (_, AgentWish.Pause) => "Takes nothing until it is resumed.",
            (_, AgentWish.Drain) => agent.Load == 0
                ? "Drained: nothing in hand, takes nothing new."
                : "Finishes what it has, takes nothing new.",
            _ when IsResting(agent, now) => $"Off duty until {agent.Hours!.Start:HH:mm}.",
            _ => "Nothing in hand.",
        };

    /// <summary>True outside its working hours.</summary>
    public static bool IsResting(AgentTile agent, DateTime now) =>
        agent.Hours is { } hours
        && !hours.Contains(TimeOnly.FromDateTime(Times.In(now, agent.Zone)));

    /// <summary>"08:00–18:00 Denver (19:48)", its local time in brackets; "Always" without hours.</summary>
    public static string Hours(AgentTile agent, DateTime now) =>
        agent.Hours is { } hours
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{hours.Start:HH:mm}–{hours.End:HH:mm} {Times.ZoneName(agent.Zone)} ({Times.In(now, agent.Zone):HH:mm})"
            )
            : "Always";
}
