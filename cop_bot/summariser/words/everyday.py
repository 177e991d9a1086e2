"""Words that stand in any conversation and name no topic, language by language, beside the function words."""

from __future__ import annotations

EVERYDAY: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """can't couldn't wouldn't need needs needed people person think thinks thought like good better best
            great important thing things something anything everything way ways get gets getting got make makes
            making made want wants wanted new first last year years time times use uses used using work works
            working take takes give gives go goes come see say says said know really still often always sometimes
            lot lots less another different same able around back day days help helps please thanks thank agree
            idea ideas question questions point case example one two three own every being doing done maybe
            perhaps keep let put find sure actually never without become becomes instead too may might shall part
            however start started learn learned learnt hope believe feel try tried seems seem bring second look
            looking everyone someone anyone nobody yes both nothing enough rather long short old little big high
            low right wrong real whole next week weeks month months""",
        "nl": """mensen denk denken vind vinden goed goede beter beste belangrijk belangrijke ding dingen manier maken
            maakt gemaakt willen wil nieuwe nieuw eerst eerste jaar jaren tijd keer gebruiken gebruikt werken
            werkt werk gaan gaat komen komt zien zeggen zegt weten weet echt altijd soms vaak anders andere zelf
            zelfde dag dagen graag bedankt eens idee ideeën vraag vragen punt voorbeeld laten laat doen doet
            gedaan misschien houden geven geeft krijgen krijgt blijven blijft elkaar iedereen iemand niemand niets
            steeds daarom daar hier toch samen nodig twee drie elke ieder volgende vorige week weken maand maanden""",
        "da": """mennesker folk synes tror god godt gode bedre bedst vigtig vigtigt vigtige ting måde måder gøre gør
            gjort vil nye nyt ny først første år tid gang gange bruge bruger brugt arbejde arbejder går komme
            kommer se ser sige siger vide ved virkelig altid nogle nogen ofte anden andet andre samme dag dage tak
            enig idé idéer ide spørgsmål punkt eksempel lad lade måske holde give giver få får blev selv hinanden
            ingen intet sammen brug behov derfor der her to tre hver næste sidste uge uger måned måneder meget
            lidt helt egne egen altså stadig""",
        "fr": """gens personnes personne pense penser croire bon bonne bien mieux meilleur important importante chose
            choses manière façon fait faire faut veut veux voulons nouveau nouvelle premier première année années
            an ans temps fois utiliser utilise travail travaille travailler aller va vont venir vient voir dire
            dit savoir sait vraiment toujours parfois souvent autre autres même mêmes jour jours merci accord idée
            idées question questions point exemple peut peuvent pouvons doit doivent devons donner donne prendre
            chaque chacun rien besoin beaucoup peu alors donc aussi encore déjà ici là deux trois jamais peut-être
            avons avez ont semaine mois prochain dernière dernier""",
        "pt": """pessoas pessoa acho pensar penso bom boa bem melhor importante importantes coisa coisas forma maneira
            fazer faz feito quer queremos quero novo nova primeiro primeira ano anos tempo vez vezes usar usa
            usamos trabalho trabalhar trabalha ir vai vamos vir vem ver dizer diz saber sabe realmente sempre
            outro outra outros outras mesmo mesma dia dias obrigado obrigada concordo ideia ideias pergunta
            perguntas ponto exemplo pode podem podemos precisa precisam precisamos dar toda todo todos todas cada
            nada alguém ninguém algo muitos muitas pouco ainda então agora aqui ali dois duas três nunca talvez
            temos tinha ter tudo semana mês meses próximo último""",
        "es": """gente personas persona creo pienso pensar bueno buena bien mejor importante importantes cosa cosas
            forma manera hacer hace hecho quiere queremos quiero nuevo nueva primero primera año años tiempo vez
            veces usar usa usamos trabajo trabajar trabaja ir va vamos venir viene ver decir dice saber sabe
            realmente siempre otro otra otros otras mismo misma día días gracias acuerdo idea ideas pregunta
            preguntas punto ejemplo puede pueden podemos necesita necesitan necesitamos dar toda todos todas nada
            alguien nadie algo muchos muchas mucho poco aún entonces ahora aquí allí dos tres nunca quizás tenemos
            tener hay habría sería solo así esto pues tan totalmente ellas parece semana mes meses próximo último
            además""",
        "de": """bis bzw kaum menschen leute denke denken finde finden gut gute guten besser beste wichtig wichtige
            ding dinge weise machen macht gemacht wollen will neue neu neuen erst erste ersten jahr jahre jahren
            zeit mal nutzen benutzen arbeiten arbeitet arbeit gehen geht kommen kommt sehen sagen sagt wissen weiß
            wirklich immer manchmal oft andere anderen selbst tag tage danke einig idee ideen frage fragen punkt
            beispiel lassen lasst tun getan vielleicht halten geben gibt bekommen bleiben bleibt einander jeder
            jemand niemand nichts deshalb dort hier doch zusammen brauchen braucht zwei drei jede viel viele wenig
            nächste letzte woche wochen monat monate sehr ganz schon etwas""",
    }.items()
}
_ALL = frozenset(word for words in EVERYDAY.values() for word in words)


def is_everyday(word: str, language: str) -> bool:
    """Whether the word (in lower case) is one of its language, or of any where the language is not known."""
    return word in EVERYDAY.get(language, _ALL)
