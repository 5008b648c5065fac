using System.Collections.Immutable;

namespace Complaints.Core.Definitions;

/// <summary>What roles are called.</summary>
internal static class RoleWords
{
    /// <summary>The roles that the library knows.</summary>
    public static ImmutableArray<CodeItem> All { get; } =
    [
        new(Role.Agent, new("agent", "座席")),
        new(Role.Supervisor, new("supervisor", "主管")),
        new(Role.Manager, new("manager", "经理")),
        new(Role.Director, new("director", "总监")),
        new(Role.Department, new("department", "责任部门")),
        new(Role.Quality, new("quality", "品管")),
        new(Role.Finance, new("finance", "财务")),
        new(Role.Trainer, new("trainer", "培训师")),
        new(Role.Privacy, new("privacy officer", "隐私专员")),
        new(Role.Auditor, new("auditor", "审计员")),
        new(Role.Administrator, new("administrator", "管理员")),
        new(Role.Customer, new("customer", "客户")),
        new(Role.System, new("system", "系统")),
    ];

    /// <summary>A role with its name; a host's own has its code.</summary>
    public static ICodeItem Of(string role) => All.FirstOrDefault(item => item.Code == role) ?? new CodeItem(role, new(role, role));
}
