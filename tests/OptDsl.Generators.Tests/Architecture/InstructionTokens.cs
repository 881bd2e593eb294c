using System.Reflection;
using System.Reflection.Emit;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>The metadata tokens that the instructions of a method body carry.</summary>
internal static class InstructionTokens
{
    private static readonly Dictionary<int, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(opCode => (int)(ushort)opCode.Value);

    public static IEnumerable<int> In(byte[] body)
    {
        for (var i = 0; i < body.Length;)
        {
            var opCode = s_opCodes[body[i] == 0xFE ? 0xFE00 | body[i + 1] : body[i]];
            i += opCode.Size;
            if (opCode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(body, i);
            i += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, i)),
                _ => 4,
            };
        }
    }
}
