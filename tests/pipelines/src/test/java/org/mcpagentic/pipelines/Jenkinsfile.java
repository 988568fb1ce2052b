package org.mcpagentic.pipelines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilePhase;

/**
 * A declarative Jenkinsfile, read by Groovy's own parser.
 *
 * @param pipeline its one block
 */
record Jenkinsfile(Block pipeline) {

    /**
     * Reads it.
     *
     * @throws org.codehaus.groovy.control.CompilationFailedException if it is not Groovy
     * @throws AssertionError if it is not one pipeline of directives and steps
     */
    static Jenkinsfile parse(String text) {
        List<ASTNode> nodes = new AstBuilder().buildFromString(CompilePhase.CONVERSION, true, text);
        List<Block> blocks = blocks((Statement) nodes.getFirst());
        if (blocks.size() != 1 || !blocks.getFirst().name().equals("pipeline")) {
            throw new AssertionError(
                    "not one pipeline: " + blocks.stream().map(Block::name).toList());
        }
        return new Jenkinsfile(blocks.getFirst());
    }

    private static List<Block> blocks(Statement code) {
        return switch (code) {
            case BlockStatement block ->
                block.getStatements().stream()
                        .flatMap(statement -> blocks(statement).stream())
                        .toList();
            case ExpressionStatement statement -> List.of(block(statement.getExpression()));
            case ReturnStatement statement -> List.of(block(statement.getExpression()));
            default -> throw new AssertionError("neither a directive nor a step: " + code.getText());
        };
    }

    private static Block block(Expression expression) {
        return switch (expression) {
            case MethodCallExpression call -> call(call);
            case BinaryExpression assignment ->
                new Block(
                        "=",
                        List.of(
                                assignment.getLeftExpression().getText(),
                                assignment.getRightExpression().getText()),
                        List.of());
            default -> throw new AssertionError("neither a directive nor a step: " + expression.getText());
        };
    }

    private static Block call(MethodCallExpression call) {
        List<String> arguments = new ArrayList<>();
        List<Block> children = new ArrayList<>();
        for (Expression argument : ((TupleExpression) call.getArguments()).getExpressions()) {
            if (argument instanceof ClosureExpression closure) {
                children.addAll(blocks(closure.getCode()));
            } else {
                arguments.add(text(argument));
            }
        }
        return new Block(call.getMethodAsString(), arguments, children);
    }

    /** Text that Groovy puts something into keeps its quotation marks. */
    private static String text(Expression argument) {
        return argument instanceof GStringExpression ? '"' + argument.getText() + '"' : argument.getText();
    }

    /** What is done, in the order in which it is written: the stages that have steps, those of a matrix under the name of its stage. */
    List<Stage> stages() {
        return stagesIn(pipeline).toList();
    }

    private static Stream<Stage> stagesIn(Block block) {
        return block.children().stream().flatMap(child -> {
            boolean does =
                    child.child("steps").isPresent() || child.child("matrix").isPresent();
            return child.name().equals("stage") && does ? Stream.of(stage(child)) : stagesIn(child);
        });
    }

    private static Stage stage(Block stage) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        stage.all("axis")
                .forEach(axis -> axes.put(
                        axis.child("name").orElseThrow().arguments().getFirst(),
                        axis.child("values").orElseThrow().arguments()));
        return new Stage(
                stage.arguments().getFirst(),
                stage.all("steps")
                        .flatMap(steps -> steps.all("sh"))
                        .map(step -> step.arguments().getFirst())
                        .toList(),
                axes,
                stage.child("input").isPresent());
    }
}
