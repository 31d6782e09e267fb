"""
The words themes begin with, until a workspace has its own. One that would often be about something else is left out:
a comment without a theme is still read, one under the wrong theme misleads.
"""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "support": "Support",
    "speed": "Speed",
    "reliability": "Reliability",
    "ease": "Ease of use",
    "onboarding": "Onboarding",
    "missing": "Missing feature",
    "price": "Price",
    "billing": "Billing and terms",
    "communication": "Communication",
    "results": "Results",
}

_ENGLISH = {
    "support": "support, support team, customer service, customer care, service desk, help desk, helpdesk, ticket, "
    "agent, helpful, support engineer, account manager, helped us, helped me, your help, their help, great service, "
    "excellent service, poor service, bad service",
    "speed": "slow, slowly, slower, slowness, fast, faster, fastest, quick, quickly, quicker, speed, speedy, lag, "
    "laggy, latency, performance, sluggish, loading time, load time, loads forever, takes forever, takes ages, "
    "instant, "
    "instantly, snappy",
    "reliability": "reliable, reliability, unreliable, stable, stability, unstable, outage, downtime, uptime, "
    "went down, goes down, was down, is down, crash, crashes, bug, buggy, glitch, glitchy, broken, keeps breaking, "
    "error, errors, freeze, freezes, froze, times out, timeout, keeps failing, data loss, rock solid, never fails",
    "ease": "easy, easily, easier, ease of use, intuitive, unintuitive, usability, user friendly, confusing, "
    "complicated, clunky, cumbersome, interface, ui, ux, navigate, navigation, simple to use, simplicity, hard to use, "
    "difficult to use, hard to find, straightforward, too complex, so simple, very simple, learning curve",
    "onboarding": "onboarding, onboard, onboarded, getting started, get started, got started, setup, set up, "
    "setting up, implementation, training, trained, tutorial, documentation, rollout, kick off, kickoff, migration, "
    "migrate, migrated, easy to set up, easy setup",
    "missing": "missing feature, feature request, lack of features, lacks features, lacking features, lacks a, "
    "lacks an, is missing, are missing, missing a, missing an, wish it had, wish there was, wish there were, "
    "wish you had, would love to see, would like to see, does not support, doesn't support, don't support, "
    "not supported, no way to, please add, would be great if, would be nice if, need an integration, no integration, "
    "no option to, dark mode",
    "price": "price, prices, pricing, priced, overpriced, expensive, cheap, cheaper, cheapest, costly, too much money, "
    "costs too much, the cost, affordable, unaffordable, value for money, worth the money, discount, budget, "
    "price increase",
    "billing": "invoice, invoices, invoicing, billing, billed, bill, payment, refund, contract, terms and conditions, "
    "payment terms, contract terms, cancellation, auto renewal, subscription, overcharged, charged twice, charged us, "
    "double charged, purchase order, credit card, notice period",
    "communication": "communication, communicate, communicates, responsive, unresponsive, respond, responds, reply, "
    "replies, replied, heard back, hear back, keep us informed, kept us informed, kept informed, in the loop, "
    "transparent, transparency, follow up, got back to, get back to, gets back to, proactive, proactively, no answer, "
    "listen, listens, easy to reach, easy to work with, easy to talk to",
    "results": "results, outcome, outcomes, roi, return on investment, saves us, saved us, save time, saves time, "
    "saves me, time saver, efficiency, efficient, productivity, productive, reached our goals, our goals, "
    "more revenue, "
    "makes a difference, made a difference",
}
_GERMAN = {
    "support": "support, kundenservice, kundendienst, kundensupport, kundenbetreuung, betreuung, ansprechpartner, "
    "hilfsbereit, ticket, hotline, helpdesk, supportteam, service, geholfen",
    "speed": "langsam, langsamer, schnell, schneller, schnellste, geschwindigkeit, ladezeit, ladezeiten, performance, "
    "träge, ruckelt, lädt ewig, dauert ewig, dauert zu lange, wartezeit, sofort, flott",
    "reliability": "zuverlässig, zuverlässigkeit, unzuverlässig, stabil, stabilität, instabil, ausfall, ausfälle, "
    "absturz, abstürze, abgestürzt, stürzt, fehler, fehlermeldung, bug, bugs, kaputt, störung, störungen, "
    "nicht erreichbar, verfügbarkeit, zeitüberschreitung",
    "ease": "einfach zu bedienen, bedienung, bedienbar, benutzerfreundlich, benutzerfreundlichkeit, intuitiv, "
    "unübersichtlich, übersichtlich, kompliziert, umständlich, verwirrend, oberfläche, benutzeroberfläche, handhabung, "
    "leicht zu bedienen, navigation, selbsterklärend, leicht verständlich, unkompliziert",
    "onboarding": "onboarding, einführung, einarbeitung, schulung, schulungen, einrichtung, eingerichtet, einrichten, "
    "inbetriebnahme, anleitung, dokumentation, migration, umstellung, einstieg",
    "missing": "fehlende funktion, fehlende funktionen, funktion fehlt, funktionen fehlen, fehlt leider, fehlt uns, "
    "fehlt mir, es fehlt, es fehlen, vermisse, vermissen, wünsche mir, wünschen uns, würde mir wünschen, wäre schön, "
    "wäre toll, wäre super, nicht unterstützt, unterstützt kein, unterstützt keine, keine möglichkeit, "
    "schnittstelle fehlt, dark mode",
    "price": "preis, preise, preislich, teuer, teurer, überteuert, günstig, günstiger, billig, kosten zu hoch, "
    "zu hohe kosten, die kosten, preiserhöhung, rabatt, budget, preis leistung, preisleistungsverhältnis, bezahlbar",
    "billing": "rechnung, rechnungen, rechnungsstellung, abrechnung, abgerechnet, vertrag, verträge, "
    "vertragsbedingungen, vertragslaufzeit, laufzeit, kündigung, kündigungsfrist, kündigen, zahlung, "
    "zahlungsbedingungen, abo, abonnement, mahnung, erstattung, doppelt abgebucht, abgebucht",
    "communication": "kommunikation, kommunizieren, kommuniziert, rückmeldung, rückmeldungen, antwort, antworten, "
    "geantwortet, erreichbar, erreichbarkeit, transparenz, transparent, auf dem laufenden, informiert, rückruf, "
    "zurückgerufen, meldet sich, gemeldet",
    "results": "ergebnis, ergebnisse, zeitersparnis, spart, sparen, gespart, effizienz, effizient, effizienter, "
    "produktivität, produktiver, unsere ziele, mehr umsatz, mehrwert, roi",
}
_FRENCH = {
    "support": "support, assistance, service client, service clients, sav, ticket, conseiller, conseillère, "
    "interlocuteur, interlocutrice, équipe support, nous a aidés, m'a aidé, aidé, serviable",
    "speed": "lent, lente, lenteur, lentement, rapide, rapidement, rapidité, vitesse, temps de chargement, "
    "temps de réponse, performance, performances, rame, latence, trop de temps, instantané",
    "reliability": "fiable, fiabilité, stable, stabilité, instable, panne, pannes, bug, bugs, bogue, plante, plantage, "
    "plantages, erreur, erreurs, indisponible, indisponibilité, interruption, coupure, ne fonctionne pas, "
    "ne marche pas",
    "ease": "facile, facilement, facilité, ergonomie, ergonomique, intuitif, intuitive, interface, compliqué, "
    "compliquée, complexe, convivial, conviviale, prise en main, simple d'utilisation, simple à utiliser, simplicité, "
    "difficile à utiliser, peu clair, navigation",
    "onboarding": "onboarding, formation, formations, mise en place, mise en route, mise en service, installation, "
    "déploiement, implémentation, documentation, tutoriel, migration, paramétrage",
    "missing": "fonctionnalité manquante, fonctionnalités manquantes, il manque, manque une, manque un, manque de "
    "fonctionnalités, manquent, manquante, manquantes, j'aimerais pouvoir, nous aimerions pouvoir, serait bien de, "
    "serait utile, ne permet pas, impossible de, pas d'intégration, mode sombre, ajouter la possibilité",
    "price": "prix, tarif, tarifs, tarification, cher, chère, chers, coûteux, coûteuse, le coût, les coûts, "
    "augmentation de prix, abordable, rapport qualité prix, remise, budget, trop chère",
    "billing": "facture, factures, facturation, facturé, contrat, contrats, conditions générales, conditions de "
    "paiement, paiement, paiements, abonnement, résiliation, résilier, remboursement, remboursé, prélèvement, "
    "prélevé, renouvellement, préavis",
    "communication": "communication, communiquer, réponse, réponses, répond, répondent, répondre, réactif, réactive, "
    "réactivité, joignable, injoignable, à l'écoute, transparence, transparent, tenus informés, tenir informé, "
    "sans nouvelles, aucun retour, relance, relances",
    "results": "résultat, résultats, gain de temps, gagner du temps, fait gagner, efficacité, efficace, productivité, "
    "retour sur investissement, rentable, nos objectifs, chiffre d'affaires",
}
_SPANISH = {
    "support": "soporte, atención al cliente, servicio al cliente, servicio técnico, asistencia, ticket, tickets, "
    "asesor, asesora, equipo de soporte, nos ayudó, me ayudó, nos ayudaron, me ayudaron, amable, amables",
    "speed": "lento, lenta, lentitud, lentamente, rápido, rápida, rápidamente, rapidez, velocidad, tarda, tardan, "
    "demora, demoras, tiempo de carga, rendimiento, latencia, ágil",
    "reliability": "fiable, fiabilidad, confiable, confiabilidad, estable, estabilidad, inestable, caída, caídas, "
    "se cae, se cuelga, se bloquea, fallo, fallos, falla, fallas, error, errores, bug, bugs, no funciona, "
    "deja de funcionar, interrupción, interrupciones",
    "ease": "fácil, fácilmente, facilidad, intuitivo, intuitiva, usabilidad, interfaz, complicado, complicada, "
    "confuso, "
    "confusa, sencillo de usar, sencilla de usar, difícil de usar, amigable, navegación, poco claro",
    "onboarding": "onboarding, capacitación, formación, implementación, implantación, puesta en marcha, instalación, "
    "configuración inicial, documentación, tutorial, tutoriales, migración, incorporación",
    "missing": "falta una, falta un, faltan, funciones que faltan, funcionalidad que falta, "
    "funcionalidades que faltan, "
    "echo de menos, echamos de menos, echo en falta, echamos en falta, me gustaría poder, nos gustaría poder, "
    "estaría bien, sería bueno, sería útil, no permite, no se puede, no hay forma de, sin integración, modo oscuro",
    "price": "precio, precios, caro, cara, caros, carísimo, costoso, costosa, barato, barata, económico, económica, "
    "tarifa, tarifas, el costo, el coste, los costos, los costes, subida de precio, descuento, presupuesto, "
    "calidad precio, asequible",
    "billing": "factura, facturas, facturación, facturado, cobro, cobros, cobraron, cobrado, contrato, "
    "contratos, pago, "
    "pagos, condiciones de pago, términos y condiciones, suscripción, reembolso, cancelación, cancelar, renovación, "
    "permanencia",
    "communication": "comunicación, comunicar, comunican, respuesta, respuestas, responden, responde, respondieron, "
    "contestan, contestaron, transparencia, transparente, informados, informado, seguimiento, nos escuchan, "
    "sin noticias, proactivo, proactiva",
    "results": "resultado, resultados, ahorra, ahorrar, ahorramos, ahorro de tiempo, eficiencia, eficiente, eficaz, "
    "productividad, productivo, retorno de inversión, retorno de la inversión, nuestros objetivos, rentable",
}
_PORTUGUESE = {
    "support": "suporte, atendimento, atendente, atendentes, assistência, serviço ao cliente, ticket, tickets, "
    "chamado, "
    "chamados, ajudaram, ajudou, prestativo, prestativa, prestativos, atencioso, atenciosa, equipe de suporte",
    "speed": "lento, lenta, lentidão, lentamente, rápido, rápida, rapidamente, rapidez, velocidade, demora, demorado, "
    "demorada, demoram, tempo de carregamento, desempenho, ágil, agilidade, trava, travando",
    "reliability": "confiável, confiabilidade, estável, estabilidade, instável, instabilidade, queda, quedas, caiu, "
    "fora do ar, falha, falhas, erro, erros, bug, bugs, não funciona, para de funcionar, interrupção, interrupções",
    "ease": "fácil, facilmente, facilidade, intuitivo, intuitiva, usabilidade, interface, complicado, complicada, "
    "confuso, confusa, simples de usar, difícil de usar, amigável, navegação, pouco claro",
    "onboarding": "onboarding, treinamento, treinamentos, implantação, implementação, instalação, "
    "configuração inicial, "
    "documentação, tutorial, tutoriais, migração, capacitação, integração inicial",
    "missing": "falta uma, falta um, faltam, faltando, funcionalidade que falta, sinto falta, sentimos falta, "
    "gostaria de poder, gostaríamos de poder, seria bom, seria ótimo, seria útil, não permite, não é possível, "
    "não tem como, não dá para, sem integração, modo escuro",
    "price": "preço, preços, caro, cara, caros, caríssimo, barato, barata, custoso, o custo, os custos, "
    "custo benefício, "
    "reajuste, aumento de preço, desconto, orçamento, acessível",
    "billing": "fatura, faturas, faturamento, faturado, cobrança, cobranças, cobrado, cobraram, contrato, contratos, "
    "pagamento, pagamentos, boleto, boletos, nota fiscal, assinatura, reembolso, cancelamento, cancelar, renovação, "
    "fidelidade",
    "communication": "comunicação, comunicar, comunicam, resposta, respostas, respondem, responde, responderam, "
    "transparência, transparente, informados, informado, retorno, retornaram, nos ouvem, sem notícias, proativo, "
    "proativa",
    "results": "resultado, resultados, economiza, economizar, economizamos, economia de tempo, eficiência, eficiente, "
    "eficaz, produtividade, produtivo, retorno sobre o investimento, nossas metas, nossos objetivos, rentável",
}
_JAPANESE = {
    "support": "サポート, 問い合わせ, カスタマーサービス, 担当者, ヘルプデスク, 親切, 助けて",
    "speed": "遅い, 遅く, 重い, 重く, 速い, 速く, 早い, 素早い, 迅速, 動作が軽, 読み込み, 速度, スピード, サクサク",
    "reliability": "不具合, バグ, エラー, 障害, 落ちる, 落ちた, 落ちて, 不安定, 安定, 信頼, フリーズ, 止まる, "
    "止まった, ダウン",
    "ease": "使いやす, 使いにく, 使い勝手, 分かりやす, わかりやす, 分かりにく, わかりにく, 操作性, 画面, "
    "直感的, 複雑, 簡単",
    "onboarding": "導入, 初期設定, 研修, トレーニング, マニュアル, オンボーディング, 移行, チュートリアル",
    "missing": "機能がない, 機能が無い, 機能がほしい, 機能が欲しい, 機能が足り, 機能不足, 機能を追加, 対応していない, "
    "対応して欲しい, 対応してほしい, できるようにして, できると嬉しい, 連携がない, ダークモード",
    "price": "価格, 料金, 値段, 値上げ, 高い, 高すぎ, 安い, 安く, 費用, コスト, コスパ, 割引, 予算",
    "billing": "請求, 支払, 契約, 解約, 更新料, 返金, 利用規約, 領収書, サブスク",
    "communication": "連絡, 返信, 返事, 回答, 対応が早, 対応が遅, 音沙汰, 説明, 情報共有, コミュニケーション, 透明性",
    "results": "成果, 効果, 結果, 時間の節約, 効率, 生産性, 売上, 時短",
}
_BY_LANGUAGE = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "pt_BR": _PORTUGUESE,
    "ja": _JAPANESE,
}


def listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    key: {language: listed(themes[key]) for language, themes in _BY_LANGUAGE.items()} for key in NAMES
}
# Phrases that are about nothing, though they hold a word that is.
MEANINGLESS: Mapping[str, tuple[str, ...]] = {
    "en": listed(
        "as a result, resulted in, results in, resulting in, in terms of, in charge of, fast forward, "
        "quick question, quick note, in the long run"
    ),
    "de": listed("als ergebnis, so schnell wie möglich, schnelle frage, auf den preis"),
    "fr": listed("de ce fait, au prix de, à tout prix, cher monsieur, chère madame, chers tous, chère équipe"),
    "es": listed("como resultado, cara a cara, de cara a, a cualquier precio"),
    "pt_BR": listed("como resultado, cara a cara, meu caro, minha cara, a qualquer preço"),
    "ja": listed("その結果, 結果として, 可能性が高い, 満足度が高い, 期待が高い, 質が高い, 評価が高い, 高い評価"),
}
