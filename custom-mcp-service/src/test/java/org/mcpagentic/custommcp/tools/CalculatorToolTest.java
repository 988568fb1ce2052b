package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.tool.ToolFailure;

class CalculatorToolTest {

    private final CalculatorTool calculator = new CalculatorTool();

    private ObjectNode calculate(String expression) {
        return Json.object(ToolCaller.call(calculator, Json.object().put("expression", expression)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1/3*3; 1",
                "0.1 + 0.2; 0.3",
                "17.5% * 2,480; 434",
                "17.5% of 2480; 434",
                "2480 + 10%; 2728",
                "200 - 10%; 180",
                "200 + (10%); 200.1",
                "50%%; 0.005",
                "1,234,567.89 * 2; 2469135.78",
                "-2^2; -4",
                "(-2)^2; 4",
                "2^3^2; 512",
                "2 ** -2; 0.25",
                "8^(1/3); 2",
                "(4/9)^1.5 * 27; 8",
                "sqrt(144); 12",
                "sqrt(0.25); 0.5",
                "cbrt(-27); -3",
                "abs(-3.5); 3.5",
                "round(2.345, 2); 2.35",
                "round(-2.5); -3",
                "round(1234, -2); 1200",
                "floor(-1.5); -2",
                "ceil(-1.5); -1",
                "max(2,480); 480",
                "max((2,480), 3); 2480",
                "min(3, 1, 2); 1",
                "sum(1, 2, 3.5); 6.5",
                "avg(3, 4, 5); 4",
                "log10(1000); 3",
                "log10(0.001); -3",
                "log2(1024); 10",
                "ln(1); 0",
                "10 mod 3; 1",
                "-7 mod 3; 2",
                "7.5 mod -2; -0.5",
                "5!; 120",
                "1.5e3 + 2E-1; 1500.2",
                ".5 + 5.; 5.5",
                "\u22122 \u00d7 3 \u00f7 4; -1.5",
                "2 - -3; 5",
                "0^0; 1",
                "(-1)^99999999999; -1",
                "2^-1 * 2; 1",
                "1e-900 * 1e900; 1",
            })
    void calculatesExactly(String expression, String expected) {
        ObjectNode result = calculate(expression);

        assertThat(result).isEqualTo(Json.object().put("result", expected).put("exact", true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1/3; 0.3333333333333333333333333333333333",
                "2/3; 0.6666666666666666666666666666666667",
                "sqrt(2); 1.414213562373095048801688724209698",
                "pi; 3.141592653589793238462643383279503",
                "exp(1) ; 2.718281828459045235360287471352662",
                "e; 2.718281828459045235360287471352662",
                "ln(10); 2.302585092994045684017991454684364",
                "ln(2); 0.6931471805599453094172321214581766",
                "ln(1 + 1e-30); 0.0000000000000000000000000000009999999999999999999999999999995",
                "exp(-1000); 5.075958897549456765291809479574337E-435",
                "exp(ln(7)); 7",
                "sqrt(2)^2; 2",
                "2^0.5 - sqrt(2); 0",
                "2^9000; 1.861919823602446870051646947443266E+2709",
                "(1 + 0.05/365)^3650; 1.64866481376547183021399942119683",
            })
    void roundsAndSaysSo(String expression, String expected) {
        ObjectNode result = calculate(expression);

        assertThat(result.path("result").asText()).isEqualTo(expected);
        assertThat(result.path("exact").asBoolean()).isFalse();
        assertThat(result.path("rounding").asText()).isEqualTo("34 significant digits");
    }

    @Test
    void givesTheFractionWhoseDecimalsNeverEnd() {
        assertThat(calculate("1/3 + 1/7").path("fraction").asText()).isEqualTo("10/21");
    }

    @Test
    void roundsToTheScaleThatWasAskedFor() {
        ObjectNode result = ToolCaller.call(calculator, "{\"expression\": \"2/3\", \"scale\": 2}");

        assertThat(result.path("result").asText()).isEqualTo("0.67");
        assertThat(result.path("rounding").asText()).isEqualTo("2 decimal places");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; ends where a number is expected",
                "2 +; ends where a number is expected",
                "1/0; division by zero",
                "1 mod 0; division by zero",
                "0^-1; zero to a negative power",
                "(2; closing parenthesis is missing",
                "2); \")\" at character 2",
                "2,48; comma groups thousands",
                "1,2345; comma groups thousands",
                "2(3); write * to multiply",
                "10 % 3; mod for the remainder",
                "x + 1; no function \"x\"",
                "log(5); write ln(x) or log10(x)",
                "sqrt 2; stands in parentheses",
                "sqrt(-1); not a real number",
                "(-8)^(1/3); not a real number",
                "ln(0); above zero",
                "sqrt(1, 2); takes 1 argument",
                "round(1, 2.5); whole n",
                "1 = 1; only the side",
                "9^9^9; above 10^3000",
                "10^3000 * 10; above 10^3000",
                "9^(-9^9); closer to zero",
                "2^99999999999; above 10^3000",
                "0.5^99999999999; closer to zero",
                "1.0000000001^9999999999; exponent is at most",
                "exp(99999); above 10^3000",
                "exp(1e2999); above 10^3000",
                "1e9999; beyond 10^3000",
                "1e999999999; exponent beyond",
                "1001!; factorial",
                "1.5!; factorial",
                "2 $ 3; \"$\" at character 3",
            })
    void tellsTheModelWhatToRepair(String expression, String expected) {
        assertThatThrownBy(() -> calculate(expression))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; \"expression\" is missing",
                "{\"expression\": 5}; is a string",
                "{\"expression\": null}; is missing",
                "{\"expression\": \"1\", \"scale\": 51}; from 0 to 50",
                "{\"expression\": \"1\", \"scale\": 1.5}; from 0 to 50",
                "{\"expression\": \"1\", \"scale\": \"2\"}; from 0 to 50",
                "{\"expression\": \"1\", \"digits\": 2}; it takes expression, scale",
            })
    void refusesArgumentsThatTheSchemaForbids(String arguments, String expected) {
        assertThatThrownBy(() -> ToolCaller.call(calculator, arguments))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "-",
                "sqrt(",
                "2^",
                "1/3^99*",
                "fact(999)*",
                "ln(",
                "9^9^",
                "exp(2)*",
                "1/7^300+",
                "1/",
                "3^2000+",
                "2^0.1^"
            })
    void endsQuicklyOnHostileRepetition(String part) {
        String expression = part.repeat(1_000 / part.length() - 1) + "1";

        assertThat(endsWithin(Duration.ofSeconds(2), expression)).isTrue();
    }

    @Test
    void refusesLongExpressions() {
        assertThatThrownBy(() -> calculate("1+".repeat(500) + "1"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("at most 1000");
    }

    @Test
    void neverThrowsAnythingButAFailureThatSaysWhy() {
        String[] parts = {
            "1",
            "0",
            "9.5",
            ",",
            "(",
            ")",
            "+",
            "-",
            "*",
            "/",
            "^",
            "%",
            "!",
            " ",
            "e",
            "pi",
            "sqrt(",
            "ln(",
            "round(",
            "mod",
            "1e5",
            "\ud83d\ude00",
            "\ud83d",
            "of"
        };
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder expression = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                expression.append(parts[random.nextInt(parts.length)]);
            }
            assertThat(endsWithin(Duration.ofSeconds(1), expression.toString()))
                    .as("%s", expression)
                    .isTrue();
        }
    }

    /** Whether it ends in time, with a result within the bound or a failure. */
    private boolean endsWithin(Duration bound, String expression) {
        long start = System.nanoTime();
        try {
            String result = ToolCaller.call(calculator, Json.object().put("expression", expression));
            assertThat(result.length()).isLessThanOrEqualTo(calculator.spec().maxOutputChars());
        } catch (ToolFailure failure) {
            assertThat(failure.getMessage()).isNotBlank().hasSizeLessThan(400);
        }
        return System.nanoTime() - start < bound.toNanos();
    }
}
